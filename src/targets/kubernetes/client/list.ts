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
      for (;;) {
        const url = `${path}${query({ limit, labelSelector, fieldSelector, continue: next })}`
        const { text } = await transport.call({ method: 'GET', path: url, idempotent: true })
        const page = readPage(text, resource, `GET ${path}`)
        for (const item of page.items) items.push(item)
        if (page.next === undefined) return { items, resourceVersion: page.resourceVersion }
        next = page.next
        const weight = text.length / Math.max(1, page.items.length)
        limit = Math.max(50, Math.min(LARGEST_PAGE, Math.floor(PAGE_TEXT / weight)))
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 410 || next === undefined || attempt >= 5) throw error
    }
  }
}
