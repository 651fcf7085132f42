import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const RUN = path.resolve(import.meta.dirname, '../../src/action/run.ts')
const ERRORS = path.resolve(import.meta.dirname, '../../src/errors.ts')

interface Ended {
  readonly code: number | null
  readonly stdout: string
}

/** Runs an action with this body in a process of its own. */
function act(body: string, whenItSays?: { text: string; send: NodeJS.Signals }): Promise<Ended> {
  const program = `
    import { run } from ${JSON.stringify(RUN)}
    import { GitOpsError } from ${JSON.stringify(ERRORS)}
    await run(async (signal) => { ${body} }, { onFailure: () => console.log('outputs set') })`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
    if (whenItSays && stdout.includes(whenItSays.text)) child.kill(whenItSays.send)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })))
}

test('an action that succeeds ends with 0, whatever is still open', async () => {
  expect(await act('setInterval(() => {}, 1000); console.log("done")')).toEqual({ code: 0, stdout: 'done\n' })
})

test('an error for people is one annotation with all it says; outputs come first', async () => {
  const ended = await act(`throw new GitOpsError('two things are wrong', { details: ['a', 'b'], hint: 'Mend them.' })`)
  expect(ended).toEqual({ code: 1, stdout: 'outputs set\n::error::two things are wrong%0A- a%0A- b%0AMend them.\n' })
})

test('errors with places are annotations on their lines', async () => {
  const ended =
    await act(`throw new GitOpsError('gitops.yaml has 2 errors.', { hint: 'Nothing was done.', details: ['x', 'y'], annotations: [
    { message: 'gitops.yaml:3:5: x', place: { file: 'gitops.yaml', line: 3, column: 5 } },
    { message: 'gitops.yaml:9:1: y', place: { file: 'gitops.yaml', line: 9, column: 1 } }] })`)
  expect(ended.code).toBe(1)
  expect(ended.stdout.split('\n').slice(1, 4)).toEqual([
    '::error file=gitops.yaml,line=3,col=5::gitops.yaml:3:5: x',
    '::error file=gitops.yaml,line=9,col=1::gitops.yaml:9:1: y',
    '::error::gitops.yaml has 2 errors.%0ANothing was done.'
  ])
})

test('a single error with a place is said once', async () => {
  const ended = await act(`throw new GitOpsError('gitops.yaml:3:5: x', { hint: 'Nothing was done.', annotations: [
    { message: 'gitops.yaml:3:5: x', place: { file: 'gitops.yaml', line: 3, column: 5 } }] })`)
  expect(ended).toEqual({
    code: 1,
    stdout: 'outputs set\n::error file=gitops.yaml,line=3,col=5::gitops.yaml:3:5: x\nNothing was done.\n'
  })
})

test('a defect asks to be reported, with its stack', async () => {
  const ended = await act(`null.x`)
  expect(ended.code).toBe(1)
  expect(ended.stdout).toContain('::error::Unexpected error, please report it: Cannot read properties of null')
  expect(ended.stdout).toContain('    at ')
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s aborts the signal, and the action ends in order', async (name) => {
  const body = `console.log('ready'); const open = setInterval(() => {}, 1000)
    await new Promise((resolve) => signal.addEventListener('abort', resolve)); clearInterval(open); console.log('ended in order')`
  const ended = await act(body, { text: 'ready', send: name })
  expect(ended.code).toBe(0)
  expect(ended.stdout).toContain(`::warning::The run was cancelled (${name})`)
  expect(ended.stdout).toContain('ended in order')
})

test('an action that does not end after both signals ends before it is killed, with its outputs', async () => {
  const body = `const open = setInterval(() => {}, 1000); process.kill(process.pid, 'SIGINT')
    signal.addEventListener('abort', () => process.kill(process.pid, 'SIGTERM')); await new Promise(() => {})`
  const ended = await act(body)
  expect(ended.code).toBe(1)
  expect(ended.stdout).toContain('outputs set')
  expect(ended.stdout).toContain('::error::The run was cancelled, and what was under way did not end in time.')
})

test('the same signal twice at once is one; once more later ends the action, with its outputs', async () => {
  const again = (later: number) => `const open = setInterval(() => {}, 1000)
    const own = () => process.kill(process.pid, 'SIGINT')
    signal.addEventListener('abort', () => setTimeout(own, ${later})); own()
    await new Promise((resolve) => setTimeout(resolve, 2500)); console.log('ended in order')`
  expect(await act(again(0))).toMatchObject({ code: 0, stdout: expect.stringContaining('ended in order') })
  const twice = await act(again(1500))
  expect(twice.code).toBe(130)
  expect(twice.stdout).toContain('outputs set')
})
