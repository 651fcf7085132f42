import { defineConfig } from 'vitest/config'

const SECOND = 1000
const LONG = { testTimeout: 300 * SECOND, hookTimeout: 900 * SECOND }

/** Tests that take minutes: `npm test -- --config vitest.long.config.ts`. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      {
        // They start what they need themselves.
        test: {
          name: 'long',
          include: ['test/**/*.long.test.ts'],
          exclude: ['test/**/*.platform.long.test.ts'],
          ...LONG
        }
      },
      {
        test: {
          name: 'long-platform',
          include: ['test/**/*.platform.long.test.ts'],
          globalSetup: ['./test/platform/global-setup.ts'],
          ...LONG
        }
      }
    ]
  }
})
