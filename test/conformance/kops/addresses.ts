import type { Change, Plan } from '../../../src/targets/plan.ts'

/**
 * Which Terraform resource stands for which task of kops (what RenderTerraform of each task writes). The dry run names
 * tasks; `--target terraform` writes resources.
 */
const TYPES: Readonly<Record<string, string>> = {
  AddonManifest: 'aws_s3_object',
  AutoscalingGroup: 'aws_autoscaling_group',
  BootstrapChannel: 'aws_s3_object',
  AutoscalingLifecycleHook: 'aws_autoscaling_lifecycle_hook',
  ClassicLoadBalancer: 'aws_elb',
  DHCPOptions: 'aws_vpc_dhcp_options',
  DNSName: 'aws_route53_record',
  EBSVolume: 'aws_ebs_volume',
  EgressOnlyInternetGateway: 'aws_egress_only_internet_gateway',
  ElasticIP: 'aws_eip',
  EventBridgeRule: 'aws_cloudwatch_event_rule',
  EventBridgeTarget: 'aws_cloudwatch_event_target',
  IAMInstanceProfileRole: 'aws_iam_instance_profile',
  IAMOIDCProvider: 'aws_iam_openid_connect_provider',
  IAMRole: 'aws_iam_role',
  IAMRolePolicy: 'aws_iam_role_policy',
  InternetGateway: 'aws_internet_gateway',
  LaunchTemplate: 'aws_launch_template',
  ManagedFile: 'aws_s3_object',
  NatGateway: 'aws_nat_gateway',
  NetworkLoadBalancer: 'aws_lb',
  NetworkLoadBalancerListener: 'aws_lb_listener',
  Route: 'aws_route',
  RouteTable: 'aws_route_table',
  RouteTableAssociation: 'aws_route_table_association',
  SQS: 'aws_sqs_queue',
  SecurityGroup: 'aws_security_group',
  SecurityGroupRule: 'aws_security_group_rule',
  SSHKey: 'aws_key_pair',
  Subnet: 'aws_subnet',
  TargetGroup: 'aws_lb_target_group',
  VPC: 'aws_vpc',
  VPCCIDRBlock: 'aws_vpc_ipv4_cidr_block_association',
  VPCDHCPOptionsAssociation: 'aws_vpc_dhcp_options_association'
}

/** Tasks that Terraform does not see, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  Cluster: 'the state store itself',
  InstanceGroup: 'the state store itself',
  IAMInstanceProfile: 'part of aws_iam_instance_profile, which IAMInstanceProfileRole writes',
  Keypair: 'keys are made in the state store, whatever the target is',
  MirrorKeystore: 'keys are made in the state store, whatever the target is',
  MirrorSecrets: 'secrets are made in the state store, whatever the target is',
  Secret: 'secrets are made in the state store, whatever the target is',
  VPCAmazonIPv6CIDRBlock: 'an attribute of aws_vpc',
  WarmPool: 'an attribute of aws_autoscaling_group'
}

export interface Mapped {
  readonly addresses: ReadonlySet<string>
  /** Tasks of which the mapping says nothing: a failure. */
  readonly unknown: readonly string[]
}

/** The Terraform addresses of what a plan creates. */
export function plannedAddresses(plan: Pick<Plan, 'changes'>): Mapped {
  const addresses = new Set<string>()
  const unknown: string[] = []
  for (const change of plan.changes) {
    const { action, resource } = change
    const isTagged = action === 'update' && TAGGED.has(resource.kind) && onlyTags(change)
    if (isTagged && resource.kind === 'Subnet') continue
    if (action !== 'create' && !isTagged) unknown.push(`${action} ${resource.id}`)
    else if (resource.kind in WITHOUT) continue
    else if (resource.kind === 'IAMRolePolicy' && resource.name.endsWith('-policyoverride'))
      for (const policy of externalPolicies(change))
        addresses.add(`aws_iam_role_policy_attachment.${terraformName('', `${resource.name}-${fnv32a(policy)}`)}`)
    else {
      const type = TYPES[resource.kind]
      if (type === undefined) unknown.push(resource.id)
      else addresses.add(`${type}.${terraformName(resource.kind, writtenName(change))}`)
    }
  }
  return { addresses, unknown }
}

/**
 * What existed before and is only tagged. A subnet: with Terraform, that is left to its owner. A rule that AWS itself
 * gave to a security group: Terraform writes it like the others.
 */
const TAGGED: ReadonlySet<string> = new Set(['Subnet', 'SecurityGroupRule'])

function onlyTags({ fields }: Change): boolean {
  return fields.every((field) => field.path.startsWith('Tags['))
}

/** Under which name a task is written, where that is another one: of a listener, that of its load balancer and its port. */
function writtenName({ resource, fields }: Change): string {
  if (resource.kind !== 'NetworkLoadBalancerListener') return resource.name
  const [balancer, port] = ['NetworkLoadBalancer', 'Port'].map((path) => {
    const value = fields.find((field) => field.path === path)?.after
    return value?.type === 'value' ? String(value.value) : ''
  })
  return `${/name:(\S+)/.exec(balancer ?? '')?.[1] ?? ''}-${port}`
}

/** The task is there for every role, and attaches as many policies of others as are declared, mostly none. */
function externalPolicies(change: Change): string[] {
  const value = change.fields.find((field) => field.path === 'ExternalPolicies')?.after
  const text = value?.type === 'value' ? String(value.value) : ''
  return text
    .replace(/^\[|\]$/g, '')
    .split(', ')
    .filter((policy) => policy !== '')
}

/** The hash with which kops tells attachments of one role apart. */
function fnv32a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** The addresses in a `kubernetes.tf`. */
export function writtenAddresses(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^resource "([^"]+)" "([^"]+)" \{$/gm)].map(([, type = '', name = '']) => `${type}.${name}`)
  )
}

/** What kops makes of a task's name: prefixes where Terraform allows no digit, other signs for those it does not know. */
function terraformName(kind: string, task: string): string {
  const prefixed =
    kind === 'Route'
      ? `route-${task}`
      : kind === 'VPCCIDRBlock'
        ? `cidr-${task}`
        : kind === 'EBSVolume' && /^\d/.test(task)
          ? `ebs-${task}`
          : kind === 'SSHKey'
            ? task.replaceAll(':', '')
            : task
  const name = /^\d/.test(prefixed) ? `prefix_${prefixed}` : prefixed
  return name.replaceAll('.', '-').replaceAll('/', '--').replaceAll(':', '_')
}
