import { defineConfig } from 'vitest/config'

const SECOND = 1000

/** Tests that take minutes: `npm test -- --config vitest.long.config.ts`. They start what they need themselves. */
export default defineConfig({
  test: {
    name: 'long',
    include: ['test/**/*.long.test.ts'],
    maxWorkers: 1,
    testTimeout: 300 * SECOND,
    hookTimeout: 900 * SECOND
  }
})
