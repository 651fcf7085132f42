import { defineConfig } from 'vitest/config'

const PLATFORM = ['./test/platform/global-setup.ts']
const SECOND = 1000

/** The four kinds of tests; CONTRIBUTING.md says which file belongs to which. */
export default defineConfig({
  test: {
    // Tests wait for the API server more than they compute; more workers than this would starve it on 2 cores.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/**/*.platform.test.ts',
            'test/**/*.infrastructure.test.ts',
            'test/**/*.long.test.ts',
            'test/actions/**',
            'test/workflows/**',
            'test/fixtures/**'
          ],
          testTimeout: 60 * SECOND
        }
      },
      {
        test: {
          name: 'infrastructure',
          include: ['test/**/*.infrastructure.test.ts'],
          globalSetup: ['./test/platform/infrastructure-setup.ts'],
          testTimeout: 90 * SECOND,
          hookTimeout: 300 * SECOND
        }
      },
      {
        test: {
          name: 'platform',
          include: ['test/**/*.platform.test.ts'],
          globalSetup: PLATFORM,
          testTimeout: 90 * SECOND,
          hookTimeout: 90 * SECOND
        }
      },
      {
        test: {
          name: 'actions',
          include: ['test/actions/**/*.test.ts'],
          globalSetup: PLATFORM,
          testTimeout: 120 * SECOND,
          hookTimeout: 90 * SECOND
        }
      },
      {
        test: {
          name: 'workflows',
          include: ['test/workflows/**/*.test.ts'],
          globalSetup: PLATFORM,
          testTimeout: 240 * SECOND,
          hookTimeout: 90 * SECOND
        }
      }
    ]
  }
})
