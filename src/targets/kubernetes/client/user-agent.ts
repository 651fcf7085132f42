import { VERSION } from '../../../version.ts'

/** What we call ourselves to API servers. */
export const USER_AGENT = `gitops-actions/${VERSION}`
