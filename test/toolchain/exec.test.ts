import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exec } from '../../src/toolchain/exec.ts'
import { errorOf, folder } from '../render/support.ts'

const node = process.execPath
const script = (code: string, options?: Parameters<typeof exec>[2]) => exec(node, ['-e', code], options)

describe('runs a program', () => {
  test('and returns what it wrote, whole', async () => {
    const result = await script('process.stdout.write("é".repeat(100000)); process.stderr.write("warned")')
    expect(result).toEqual({ code: 0, stdout: 'é'.repeat(100000), stderr: 'warned' })
  })

  test('with arguments that no shell reads', async () => {
    const args = ['$(id)', '`id`', '; exit 1', '"', "'", 'a b', '', '*', '\n']
    const { stdout } = await exec(node, ['-p', 'JSON.stringify(process.argv.slice(1))', '--', ...args])
    expect(JSON.parse(stdout)).toEqual(args)
  })

  test('with input, folder and environment', async () => {
    const { stdout } = await script(
      'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(t,process.cwd(),process.env.A,process.env.HOME,process.env.PATH!==undefined))',
      {
        input: 'in',
        cwd: '/',
        env: { A: 'a', HOME: undefined }
      }
    )
    expect(stdout).toBe('in / a undefined true\n')
  })

  test('without the inputs of the action, which hold credentials', async () => {
    process.env['INPUT_GITHUB-TOKEN'] = 'ghs_secret'
    try {
      const result = await exec(process.execPath, ['-e', 'console.log(JSON.stringify(process.env))'])
      expect(result.stdout).toContain('PATH')
      expect(result.stdout).not.toContain('ghs_secret')
    } finally {
      delete process.env['INPUT_GITHUB-TOKEN']
    }
  })

  test('that does not read its input', async () => {
    expect((await script('process.stdin.destroy()', { input: 'x'.repeat(1_000_000) })).code).toBe(0)
  })

  test('telling each line as it comes', async () => {
    const lines: string[] = []
    await script(
      'process.stdout.write("a\\r\\nb"); setTimeout(()=>{process.stdout.write("c\\n\\nd"); process.stderr.write("e\\n")},50)',
      {
        onLine: (line, stream) => lines.push(`${stream}: ${line}`)
      }
    )
    expect(lines.filter((line) => line.startsWith('stdout'))).toEqual([
      'stdout: a',
      'stdout: bc',
      'stdout: ',
      'stdout: d'
    ])
    expect(lines).toContain('stderr: e')
  })
})

describe('fails', () => {
  test('with the last lines of stderr', async () => {
    const error = await errorOf(() => script('for (let i=0;i<20;i++) console.error("line "+i); process.exit(3)'))
    expect(error.message).toContain('-e failed with exit code 3: line 8\n')
    expect(error.message).toMatch(/line 19$/)
  })

  test('unless failure is allowed', async () => {
    expect(await script('process.exit(3)', { allowFailure: true })).toMatchObject({ code: 3 })
  })

  test('when there is no such program', async () => {
    const error = await errorOf(() => exec('no-such-program-here', ['x']))
    expect(error.message).toBe('no-such-program-here: no such program')
    expect(error.hint).toContain('PATH of the runner')
  })

  test('when its folder does not exist', async () => {
    const error = await errorOf(() => exec(node, ['-v'], { cwd: '/no/such/folder' }))
    expect(error.message).toContain('cannot run in /no/such/folder')
  })

  test('when it is not executable', async () => {
    const directory = folder({ tool: 'no program' })
    expect((await errorOf(() => exec(path.join(directory, 'tool'), []))).message).toContain('is not executable')
  })

  test('when it is killed, even if failure is allowed', async () => {
    const error = await errorOf(() => script('process.kill(process.pid, "SIGKILL")', { allowFailure: true }))
    expect(error.message).toContain('failed with signal SIGKILL')
  })

  test('after its time, also when it ignores being asked', async () => {
    const started = Date.now()
    const error = await errorOf(() => script('process.on("SIGTERM",()=>{});setInterval(()=>{},1000)', { timeout: 300 }))
    expect(error.message).toContain('did not end within 0.3 s')
    expect(Date.now() - started).toBeLessThan(10_000)
  })

  test('after its time, though a child of it holds the output open', async () => {
    const child = 'require("child_process").spawn(process.execPath,["-e","setTimeout(()=>{},6000)"],{stdio:"inherit"})'
    const started = Date.now()
    const error = await errorOf(() => script(`${child};setInterval(()=>{},1000)`, { timeout: 300 }))
    expect(error.message).toContain('did not end within 0.3 s')
    expect(Date.now() - started).toBeLessThan(4000)
  })

  test('when the run is cancelled', async () => {
    const controller = new AbortController()
    const running = script('setInterval(()=>{},1000)', { signal: controller.signal })
    setTimeout(() => controller.abort(), 100)
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  })
})
