/** The suite's version: in the user agent, the inventory's tooling annotation and the reports. Held in step with package.json by a test. */
export const VERSION = '0.1.0'
