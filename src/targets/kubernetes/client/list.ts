import type { KubernetesObject } from '../../../render/manifest.ts'
import { ApiError, type ApiResource, type ListOptions, type ObjectList } from '../cluster.ts'
import { readPage } from './objects.ts'
import { collectionPath, query } from './paths.ts'
import type { Transport } from './transport.ts'

/** First page; kubectl's size. */
const FIRST_PAGE = 500
/** Later pages are sized so that one is about this many characters of JSON, whatever the objects weigh. */
const PAGE_TEXT = 8_000_000
const LARGEST_PAGE = 5_000

/**
 * All objects of a type, page by page, at one resourceVersion. Consistent (no `resourceVersion=0`): what another
 * request has just written is in it. When the server forgets the list half-way (410), it begins anew.
 */
export async function listAll(transport: Transport, resource: ApiResource, options: ListOptions): Promise<ObjectList> {
  const path = collectionPath(resource, options.namespace)
  const { labelSelector, fieldSelector } = options
  for (let attempt = 1; ; attempt++) {
    const items: KubernetesObject[] = []
    let next: string | undefined
    let limit = FIRST_PAGE
    try {
      const fetch = (size: number, after: string | undefined) =>
        transport.call({
          method: 'GET',
          path: `${path}${query({ limit: size, labelSelector, fieldSelector, continue: after })}`,
          idempotent: true
        })
      let coming = fetch(limit, undefined)
      for (;;) {
        const { text } = await coming
        // The server is asked for the next page before this one is parsed, so that both work at the same time.
        next = peekContinue(text)
        limit = Math.max(50, Math.min(LARGEST_PAGE, Math.floor((limit * PAGE_TEXT) / text.length)))
        const early = next === undefined ? undefined : fetch(limit, next)
        early?.catch(() => {}) // awaited below; until then it must not count as unhandled
        const page = readPage(text, resource, `GET ${path}`)
        for (const item of page.items) items.push(item)
        if (page.next === undefined) return { items, resourceVersion: page.resourceVersion }
        coming = early ?? fetch(limit, (next = page.next))
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 410 || next === undefined || attempt >= 5) throw error
    }
  }
}

/** The continue token of a page, read off its first characters: a list's metadata come before its items. */
function peekContinue(text: string): string | undefined {
  const head = text.slice(0, 4096)
  const items = head.indexOf('"items"')
  const match = /"continue":\s*"([^"\\]+)"/.exec(items < 0 ? head : head.slice(0, items))
  return match?.[1]
}
