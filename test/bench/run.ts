import { benchDeploy } from './deploy.ts'
import { benchDrift } from './drift.ts'
import { benchInfrastructure } from './infrastructure.ts'
import { benchStart } from './start.ts'

/** `npm run bench -- NAME …`: measures and prints; asserts nothing, because figures depend on the machine. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  start: benchStart,
  drift: benchDrift,
  deploy: benchDeploy,
  infrastructure: benchInfrastructure
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(
    `Unknown: ${unknown.join(', ')}. There is: ${Object.keys(BENCHES).join(', ')}. Without a name all of them run.`
  )
  process.exit(2)
}
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  console.log(`\n${name}`)
  await BENCHES[name]?.()
}
