import { GitOpsError } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import type { Context } from './context.ts'
import type { Declared } from './manifests.ts'
import { placeOfField } from './places.ts'

const UPGRADE = /(?:kops|kubernetes) upgrade is required|upgrading kops is required/i

/** A refusal for the versions, with the versions: kops tells neither. Any other error is given back as it is. */
export async function withVersions(error: unknown, declared: Declared, context: Context): Promise<unknown> {
  if (!(error instanceof GitOpsError) || !UPGRADE.test(error.message)) return error
  const { exec, kops, checkout } = context.options
  const wanted = asString(at(declared.cluster.object, 'spec', 'kubernetesVersion'))
  const place = await placeOfField(checkout, declared.cluster, ['spec', 'kubernetesVersion'])
  const version = await exec(kops, ['version', '--short'], { timeout: 20_000, env: context.env }).then(
    ({ stdout }) => stdout.trim().replace(/^v/, ''),
    () => ''
  )
  const facts = [
    ...(wanted === undefined
      ? []
      : [`The manifests ask for Kubernetes ${wanted}${place ? ` (${place.file}:${place.line})` : ''}`]),
    ...(version === '' ? [] : [`this is kops ${version}`])
  ]
  if (facts.length === 0) return error
  return new GitOpsError(`${error.message.replace(/\.?$/, '.')} ${facts.join('; ')}.`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: error.details,
    annotations: error.annotations,
    cause: error
  })
}
