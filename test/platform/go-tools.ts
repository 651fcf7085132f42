import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { cached, run, SetupError } from '../../scripts/bootstrap.mjs'

/** A component that is built from Go modules. Its go.mod and go.sum (`tools/<name>/`) pin every module. */
export interface GoTool {
  readonly name: string
  /** What it is, for progress messages. */
  readonly title: string
  /** How long a build takes with nothing in Go's caches. */
  readonly usually: string
  /** Name of each binary → the package it is built from. */
  readonly binaries: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

const KUBERNETES = { version: 'v1.36.3', major: '1', minor: '36' }

export const GO_TOOLS = {
  kube: {
    name: 'kube',
    title: `Kubernetes ${KUBERNETES.version} (etcd, API server, controller manager, scheduler)`,
    usually: '7 min on 2 cores',
    binaries: { kube: '.' },
    flags: ['-tags', 'grpcnotrace', '-ldflags', kubernetesStamps()]
  },
  kwok: {
    name: 'kwok',
    title: 'kwok v0.8.0 (nodes and pods)',
    usually: '5 min on 2 cores',
    binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' }
  },
  registry: {
    name: 'registry',
    title: 'the registry (distribution v3)',
    usually: '1 min on 2 cores',
    binaries: { registry: 'github.com/distribution/distribution/v3/cmd/registry' }
  },
  buildkit: {
    name: 'buildkit',
    title: 'BuildKit v0.32.2',
    usually: '1 to 2 min on 2 cores',
    binaries: {
      buildkitd: 'github.com/moby/buildkit/cmd/buildkitd',
      buildctl: 'github.com/moby/buildkit/cmd/buildctl'
    },
    flags: [
      '-tags',
      'osusergo netgo static_build seccomp',
      '-ldflags',
      '-s -w -X github.com/moby/buildkit/version.Version=v0.32.2'
    ]
  },
  buildx: {
    name: 'buildx',
    title: 'buildx v0.36.1',
    usually: '2 to 3 min on 2 cores',
    binaries: { buildx: 'github.com/docker/buildx/cmd/buildx' },
    flags: ['-ldflags', '-s -w -X github.com/docker/buildx/version.Version=v0.36.1']
  },
  act: {
    name: 'act',
    title: 'act (runs workflow files)',
    usually: '45 s on 2 cores',
    binaries: { act: 'github.com/nektos/act' }
  },
  actionlint: {
    name: 'actionlint',
    title: 'actionlint v1.7.12',
    usually: '10 s on 2 cores',
    binaries: { actionlint: 'github.com/rhysd/actionlint/cmd/actionlint' }
  },
  tofu: {
    name: 'tofu',
    title: 'OpenTofu v1.12.6',
    usually: '4 min on 2 cores',
    binaries: { tofu: 'github.com/opentofu/opentofu/cmd/tofu' },
    // Unstamped, it calls itself a development build, which fails required_version.
    flags: ['-ldflags', '-s -w -X github.com/opentofu/opentofu/version.dev=no']
  },
  kops: {
    name: 'kops',
    title: 'kops v1.36.2',
    usually: '6 min on 2 cores',
    binaries: { kops: 'k8s.io/kops/cmd/kops' }
  },
  'provider-local': {
    name: 'provider-local',
    title: "Terraform's provider for local files",
    usually: '30 s on 2 cores',
    binaries: { 'terraform-provider-local': 'github.com/terraform-providers/terraform-provider-local' }
  },
  'provider-object': {
    name: 'provider-object',
    title: 'a Terraform provider whose objects drift (test/platform/tools/provider-object)',
    usually: '1 min on 2 cores',
    binaries: { 'terraform-provider-object': '.' }
  }
} satisfies Record<string, GoTool>

const STRIPPED = ['-ldflags', '-s -w']

/** The folder that holds the binaries of a tool, built now if no earlier run has. */
export async function goTool(tool: GoTool): Promise<string> {
  const source = path.join(import.meta.dirname, 'tools', tool.name)
  return cached({
    name: tool.name,
    key: await keyOf(tool, source),
    what: `building ${tool.title}`,
    usually: tool.usually,
    make: async (directory) => {
      await checkGo()
      const scratch = path.join(directory, 'scratch')
      await mkdir(scratch)
      for (const [binary, pkg] of Object.entries(tool.binaries))
        await run(
          'go',
          ['build', ...commonFlags(tool), '-mod=readonly', '-buildvcs=false', '-o', path.join(directory, binary), pkg],
          {
            cwd: source,
            // Its scratch folder lies in ours, which is removed whatever happens.
            env: { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOOS: 'linux', GOTMPDIR: scratch },
            failed: `Building ${tool.title} needs Go 1.26.3 or newer and the Go module proxy (GOPROXY), once.`
          }
        )
      await rm(scratch, { recursive: true, force: true })
    }
  })
}

function commonFlags(tool: GoTool): readonly string[] {
  return ['-trimpath', ...(tool.flags ?? STRIPPED)]
}

/** Everything that decides what comes out, but for Go's own version: a newer Go is no reason for another 15 minutes. */
async function keyOf(tool: GoTool, source: string): Promise<string> {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([tool.binaries, commonFlags(tool), process.arch]))
  for (const name of (await readdir(source)).sort()) {
    hash.update(`\0${name}\0`)
    hash.update(await readFile(path.join(source, name)))
  }
  return hash.digest('hex').slice(0, 20)
}

async function checkGo(): Promise<void> {
  const version = await run('go', ['env', 'GOVERSION'], {
    missing:
      'The components that tests and demo run on are built from Go modules: install Go 1.26.3 or newer (https://go.dev/dl).'
  })
  const [, minor = '0'] = /^go1\.(\d+)/.exec(version) ?? []
  // From 1.21 on, Go fetches the toolchain that a go.mod asks for, or says why it cannot.
  if (Number(minor) < 21)
    throw new SetupError(`Go is too old: ${version.trim()}. Install Go 1.26.3 or newer (https://go.dev/dl).`)
}

function kubernetesStamps(): string {
  const { version, major, minor } = KUBERNETES
  const values = {
    gitVersion: version,
    gitMajor: major,
    gitMinor: minor,
    gitCommit: 'unknown',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z'
  }
  // Unstamped, the server calls itself v0.0.0-master, which fails kubeVersion constraints of charts.
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
  const stamps = packages.flatMap((pkg) => Object.entries(values).map(([name, value]) => `-X ${pkg}.${name}=${value}`))
  return ['-s', '-w', ...stamps].join(' ')
}
