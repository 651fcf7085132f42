import type { KopsKind } from './manifests.ts'

/**
 * The fields of `spec` in kops.k8s.io/v1alpha2, as of kops 1.36: to tell what a misspelt one was meant to be, and an old
 * one that kops reads and drops from a misspelt one. One that is missing here is no error if kops keeps it.
 */
export const KNOWN_FIELDS: Readonly<Record<KopsKind, readonly string[]>> = {
  Cluster: words(`
    channel addons configBase cloudProvider gossipConfig containerRuntime kubernetesVersion subnets project
    masterPublicName masterInternalName networkCIDR additionalNetworkCIDRs networkID topology secretStore
    keyStore configStore dnsZone dnsControllerGossipConfig additionalSans clusterDNSDomain serviceClusterIPRange
    podCIDR nonMasqueradeCIDR sshAccess nodePortAccess egressProxy sshKeyName kubernetesApiAccess isolateMasters
    updatePolicy externalPolicies additionalPolicies fileAssets etcdClusters docker containerd kubeDNS
    kubeAPIServer kubeControllerManager cloudControllerManager kubeScheduler kubeProxy kubelet masterKubelet
    cloudConfig externalDns ntp packages nodeTerminationHandler nodeProblemDetector metricsServer certManager
    awsLoadBalancerController networking api authentication authorization nodeAuthorization cloudLabels hooks
    assets iam encryptionConfig DisableSubnetTags target useHostCertificates sysctlParameters rollingUpdate
    clusterAutoscaler warmPool serviceAccountIssuerDiscovery snapshotController karpenter podIdentityWebhook
  `),
  InstanceGroup: words(`
    manager role image minSize maxSize autoscale autoscalePriority machineType rootVolumeSize rootVolumeType
    rootVolumeIops rootVolumeThroughput rootVolumeOptimization rootVolumeDeleteOnTermination
    rootVolumeEncryption rootVolumeEncryptionKey volumes volumeMounts subnets zones hooks maxPrice
    spotDurationInMinutes cpuCredits associatePublicIp additionalSecurityGroups cloudLabels nodeLabels
    fileAssets tenancy kubelet taints mixedInstancesPolicy capacityRebalance additionalUserData suspendProcesses
    externalLoadBalancers detailedInstanceMonitoring iam securityGroupOverride instanceProtection
    sysctlParameters rollingUpdate instanceInterruptionBehavior compressUserData instanceMetadata updatePolicy
    warmPool containerd packages guestAccelerators maxInstanceLifetime gcpProvisioningModel
  `),
  SSHCredential: ['publicKey']
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
