import { beforeAll, expect, test } from 'vitest'
import { useAws } from '../platform/aws/use.ts'
import { ensure } from '../platform/binaries.ts'
import { type KopsAssets, startKopsAssets } from '../platform/kops-assets.ts'
import { checkShape } from './kops/check.ts'
import { readShapes } from './kops/shapes.ts'

const aws = useAws()
let assets: KopsAssets
let kops: string
beforeAll(async () => {
  kops = (await ensure(['kops'])).kops
  assets = await startKopsAssets()
  return () => assets.close()
}, 900_000)

/** `npm run conformance` tries all of them. */
test.each(['private-calico', 'volumes'])(
  'our plan of the shape "%s" is what kops itself would create',
  async (name) => {
    const shape = readShapes().find((one) => one.name === name)
    if (!shape) throw new Error(`there is no shape ${name}`)
    const { wrong, resources } = await checkShape(shape, {
      aws,
      kops,
      env: { ...aws.env, ...assets.env },
      folder: aws.run.directory
    })
    expect(wrong).toBeUndefined()
    expect(resources).toBeGreaterThan(70)
  },
  180_000
)
