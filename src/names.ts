/** Names of environments, targets and images become parts of object names in a cluster. */
export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
export const DNS_LABEL_MUST =
  'a DNS label: lower-case letters, digits and hyphens, at most 63, none of them a hyphen at an end'
