import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { cached, run } from '../../../scripts/bootstrap.mjs'

const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt')

/** The folder with moto and its dependencies, for PYTHONPATH; compiled parts fit one version of Python. */
export async function motoPackages(): Promise<string> {
  const missing = 'The AWS emulator of the tests (moto) runs on Python: install Python 3.10 or newer with pip.'
  const python = await run('python3', ['-c', 'import sys; print(sys.implementation.cache_tag)'], { missing })
  const key = createHash('sha256')
    .update(python)
    .update(await readFile(REQUIREMENTS))
  return cached({
    name: 'moto',
    key: key.digest('hex').slice(0, 20),
    what: 'fetching the AWS emulator (moto 5.2.5, PyPI, 60 MB)',
    usually: '1 min',
    make: async (directory) => {
      const args = [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:'
      ]
      await run('python3', [...args, '--target', directory, '-r', REQUIREMENTS], {
        missing,
        failed: 'It needs Python 3.10 or newer with pip (Debian: apt-get install python3-pip) and PyPI, once.'
      })
    }
  })
}
