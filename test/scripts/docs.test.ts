import { describe, expect, it } from 'vitest'
import { withTables } from '../../scripts/docs.ts'

const README = '# deploy\n\n<!-- inputs -->\nold\n<!-- /inputs -->\n\n<!-- outputs -->\n<!-- /outputs -->\nend\n'

describe('the tables of a README', () => {
  it('hold every input and output of action.yml in its order, and leave the rest as it is', () => {
    const metadata = {
      inputs: {
        manifests: { description: 'Files.\n', required: true },
        mode: { description: 'One of `plan` | `apply`.\n\nA second\nparagraph.', default: 'apply' },
        context: { description: 'A context.', default: '' }
      },
      outputs: { status: { description: 'What happened.' } }
    }
    expect(withTables(README, metadata, 'README.md')).toBe(`# deploy

<!-- inputs -->
| input | default | description |
| --- | --- | --- |
| \`manifests\` | **required** | Files. |
| \`mode\` | \`apply\` | One of \`plan\` \\| \`apply\`.<br>A second paragraph. |
| \`context\` |  | A context. |
<!-- /inputs -->

<!-- outputs -->
| output | description |
| --- | --- |
| \`status\` | What happened. |
<!-- /outputs -->
end
`)
  })

  it('do not change when they are made again', () => {
    const metadata = { inputs: { a: { description: 'A.' } } }
    const once = withTables(README, metadata, 'README.md')
    expect(withTables(once, metadata, 'README.md')).toBe(once)
  })

  it('say so when there is nothing to list', () => {
    expect(withTables(README, {}, 'README.md')).toContain('<!-- inputs -->\nNone.\n<!-- /inputs -->')
  })

  it('need their place in the README', () => {
    expect(() => withTables('# nothing\n', {}, 'actions/x/README.md')).toThrow(
      'actions/x/README.md: there must be a line <!-- inputs --> and below it a line <!-- /inputs -->.'
    )
  })
})
