/** What we call ourselves to API servers. A test holds the version equal to package.json's. */
export const USER_AGENT = 'gitops-actions/0.1.0'
