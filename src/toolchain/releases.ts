export type ToolName = 'helm' | 'kubectl' | 'kustomize' | 'buildx'

export type Platform = `${'linux' | 'darwin'}-${'amd64' | 'arm64'}`

/** Where a tool's releases are, which one is taken, and what is known about it. */
export interface Release {
  readonly version: string
  /** The oldest one that works when it is found on the PATH. */
  readonly oldest: string
  /** How a program on the PATH is called. */
  readonly commands: readonly string[]
  readonly versionArguments: readonly string[]
  url(platform: Platform): string
  /** The file beside the release that lists checksums. */
  checksumUrl(platform: Platform): string
  /** The program inside a .tar.gz or .zip; undefined when the download is the program itself. */
  member?(platform: Platform): string
  /**
   * SHA-256 of the download. A platform without one is checked against the file beside the release, which protects
   * against damage and a forged mirror of one of the two, not against a forged release.
   */
  readonly sha256: Partial<Record<Platform, string>>
}

const HELM = 'https://get.helm.sh'
const KUSTOMIZE = 'https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv5.8.1'
const BUILDX = 'https://github.com/docker/buildx/releases/download/v0.36.1'

/**
 * kops has to fit the cluster: any version of it may be asked for, so that none is pinned. It is checked against the file
 * beside the release, and never downloaded unless its version was asked for.
 */
export function kopsRelease(version: string): Release {
  const base = `https://github.com/kubernetes/kops/releases/download/v${version}`
  return {
    version,
    // instance groups by role, the order of `kops reconcile`
    oldest: '1.31.0',
    commands: ['kops'],
    versionArguments: ['version', '--short'],
    url: (platform) => `${base}/kops-${platform}`,
    checksumUrl: (platform) => `${base}/kops-${platform}.sha256`,
    sha256: {}
  }
}

/** Digests of the versions that are taken when none is asked for, as their SHA256SUMS say. */
const TERRAFORM = {
  version: '1.15.8',
  sha256: {
    'linux-amd64': 'd25ce7b6902013ad905db3d2eab0be4cd905887fe88b81a6171b8d5503c31f3d',
    'linux-arm64': '8891e9dcedc9e3b8950bc6af9d4d8af1f4cfade3062f53b9dc403a89f6ce8c9c',
    'darwin-amd64': 'e2e812e783771159bf758fd4e55d6dc9bb08f63e2af2c63d212721807a02c5dc',
    'darwin-arm64': 'f210110c5698b94d803a7a63cdb0251b5455c150841478808e2bbb343f95ed68'
  }
} as const
const OPENTOFU = {
  version: '1.12.6',
  sha256: {
    'linux-amd64': '5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8',
    'linux-arm64': 'e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d'
  }
} as const

/** A release of Terraform. Another version than the pinned one is checked against the SHA256SUMS of its release. */
export function terraformRelease(version: string = TERRAFORM.version): Release {
  const base = `https://releases.hashicorp.com/terraform/${version}/terraform_${version}`
  return {
    version,
    // checks and import blocks in the JSON of a plan
    oldest: '1.5.0',
    commands: ['terraform'],
    versionArguments: ['version', '-json'],
    url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
    checksumUrl: () => `${base}_SHA256SUMS`,
    member: () => 'terraform',
    sha256: version === TERRAFORM.version ? TERRAFORM.sha256 : {}
  }
}

/** A release of OpenTofu. Another version than the pinned one is checked against the SHA256SUMS of its release. */
export function opentofuRelease(version: string = OPENTOFU.version): Release {
  const base = `https://github.com/opentofu/opentofu/releases/download/v${version}/tofu_${version}`
  return {
    version,
    oldest: '1.6.0',
    commands: ['tofu'],
    versionArguments: ['version', '-json'],
    url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
    checksumUrl: () => `${base}_SHA256SUMS`,
    member: () => 'tofu',
    sha256: version === OPENTOFU.version ? OPENTOFU.sha256 : {}
  }
}

export const RELEASES: Readonly<Record<ToolName, Release>> = {
  helm: {
    version: '4.2.3',
    // --plain-http and --set-file of `helm template`, chart digests
    oldest: '3.13.0',
    commands: ['helm'],
    versionArguments: ['version', '--template', '{{.Version}}'],
    url: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz`,
    checksumUrl: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz.sha256sum`,
    member: (platform) => `${platform}/helm`,
    sha256: {
      'linux-amd64': 'e9b88b4ee95b18c706839c28d3a0220e5bc470e9cd9262410c90793c45ff8b7c',
      'linux-arm64': '21abd9354d39b2cd79a8d76be6912cd137a983cbf997193503fb8a6a6e2f2785',
      'darwin-amd64': 'ff3ac86755a45f3422473bc1200776aac0fe04c5766abe6ca66699f7b564b23b',
      'darwin-arm64': '048ecf5ad3160f83d918f9fe945238d2132b079640f7b106175331c25f242c64'
    }
  },
  kubectl: {
    version: '1.36.3',
    // its kustomize is 5.0
    oldest: '1.27.0',
    commands: ['kubectl'],
    versionArguments: ['version', '--client', '--output=json'],
    url: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl`,
    checksumUrl: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl.sha256`,
    sha256: {
      'linux-amd64': 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
      'linux-arm64': '3d86f24401c41ae5a46ac50eef8865fe891d3647d324a0836f6c63757a126e62'
    }
  },
  kustomize: {
    version: '5.8.1',
    oldest: '5.0.0',
    commands: ['kustomize'],
    versionArguments: ['version'],
    url: (platform) => `${KUSTOMIZE}/kustomize_v5.8.1_${platform.replace('-', '_')}.tar.gz`,
    checksumUrl: () => `${KUSTOMIZE}/checksums.txt`,
    member: () => 'kustomize',
    sha256: {
      'linux-amd64': '029a7f0f4e1932c52a0476cf02a0fd855c0bb85694b82c338fc648dcb53a819d',
      'linux-arm64': '0953ea3e476f66d6ddfcd911d750f5167b9365aa9491b2326398e289fef2c142'
    }
  },
  buildx: {
    version: '0.36.1',
    // the metadata file holds the digest of the pushed image, provenance of the modes min and max
    oldest: '0.13.0',
    commands: ['buildx', 'docker-buildx'],
    versionArguments: ['version'],
    url: (platform) => `${BUILDX}/buildx-v0.36.1.${platform}`,
    checksumUrl: () => `${BUILDX}/checksums.txt`,
    sha256: {
      'linux-amd64': '48af8a397ebd60178778bf63611dbcebe5f5e7a9be90eb9147b24b9587455778',
      'linux-arm64': '5d0cafd9d16afe1a0f0d9529885344ace2cc99efdd531b6c783c5455a6001569'
    }
  }
}
