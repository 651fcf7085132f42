export const id = 186;
export const ids = [186];
export const modules = {

/***/ 3468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   SP: () => (/* binding */ readPage),
/* harmony export */   Wp: () => (/* binding */ parseAnswer),
/* harmony export */   i1: () => (/* binding */ isKubernetesObject),
/* harmony export */   uO: () => (/* binding */ apiVersionOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6520);



/** `group/version` as it stands in an object's apiVersion. */
function apiVersionOf(resource) {
    return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}
/** True for JSON with the fields that every object has. */
function isKubernetesObject(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) &&
        typeof value['apiVersion'] === 'string' &&
        typeof value['kind'] === 'string' &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value['metadata']) &&
        typeof value['metadata']['name'] === 'string');
}
/** An object from the text of an answer. @throws ApiError when something on the way answered in its place */
function readObject(text, asked) {
    const value = parseAnswer(text, asked);
    if (!isKubernetesObject(value))
        throw unexpected(asked, text);
    return value;
}
/** A page of a list. Items of a list lack apiVersion and kind: they are filled in. */
function readPage(text, resource, asked) {
    const list = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(parseAnswer(text, asked));
    const items = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(list?.['items']);
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(list?.['metadata']);
    // A list of nothing may be `"items": null` (some extension API servers).
    if (!list || !metadata || (items === undefined && list['items'] !== null))
        throw unexpected(asked, text);
    const apiVersion = apiVersionOf(resource);
    const objects = [];
    for (const item of items ?? []) {
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(item))
            throw unexpected(asked, text);
        item['apiVersion'] ??= apiVersion;
        item['kind'] ??= resource.kind;
        if (!isKubernetesObject(item))
            throw unexpected(asked, text);
        objects.push(item);
    }
    return {
        items: objects,
        resourceVersion: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(metadata['resourceVersion']) ?? '',
        next: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(metadata['continue']) || undefined
    };
}
function parseAnswer(text, asked) {
    try {
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text);
    }
    catch {
        throw unexpected(asked, text);
    }
}
function unexpected(asked, text) {
    const start = (0,_status_js__WEBPACK_IMPORTED_MODULE_2__/* .plainText */ .wh)(text).slice(0, 120) || 'nothing';
    return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(502, 'UnexpectedAnswer', `${asked}: the answer is not what a Kubernetes API server gives: ${start}`);
}


/***/ }),

/***/ 8712:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ query),
/* harmony export */   du: () => (/* binding */ objectPath),
/* harmony export */   vc: () => (/* binding */ requireNamespace),
/* harmony export */   yb: () => (/* binding */ collectionPath)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

/** The path of a resource type, in one namespace or in all of them: `/apis/apps/v1/namespaces/shop/deployments`. */
function collectionPath(resource, namespace) {
    const { group, version, plural } = resource;
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    return `${root}${scope}/${plural}`;
}
/** The path of one object. @throws GitOpsError when it must have a namespace and has none */
function objectPath(resource, name, namespace) {
    requireNamespace(resource, name, namespace);
    return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}
/** @throws GitOpsError when the kind is namespaced and `namespace` is undefined: a guess could hit a stranger's object */
function requireNamespace(resource, name, namespace) {
    if (resource.namespaced && namespace === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${resource.kind} "${name}" has no namespace, and a ${resource.kind} must have one.`, {
            hint: 'Set metadata.namespace, or the input "namespace" for all that name none.'
        });
}
/** `?a=1&b=2` of the values that are there, or the empty string. */
function query(values) {
    const parts = Object.entries(values)
        .filter(([, value]) => value !== undefined && value !== '' && value !== false)
        .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    return parts.length === 0 ? '' : `?${parts.join('&')}`;
}


/***/ }),

/***/ 6520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ statusError),
/* harmony export */   pb: () => (/* binding */ apiError),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);


/** The answer of the API server as an error: its `Status` object, or whatever else stood in the way (a proxy's page). */
function apiError(code, headers, body, asked) {
    const status = readStatus(body);
    const header = Number(headers['retry-after']);
    if (!status) {
        const said = redirection(code, headers) ?? plainText(body);
        return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(code, reasonOf(code), `${asked}: HTTP ${code}${said === '' ? '' : `: ${said}`}`, {
            ...(header > 0 ? { retryAfterSeconds: header } : {})
        });
    }
    return statusError(status, code, header > 0 ? header : undefined, asked);
}
/** The beginning of a page, without its markup. */
function plainText(page) {
    return page
        .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300);
}
/** Where a login page or a gateway sends a browser; what follows the host may hold a secret. */
function redirection(code, headers) {
    const { location } = headers;
    if (code < 300 || code > 399 || location === undefined)
        return undefined;
    return `it redirects to ${URL.canParse(location) ? new URL(location).origin : 'another path'}, as a login page or a gateway does, not an API server`;
}
/** An error from a `Status` object, as it also occurs in watches. */
function statusError(status, httpCode = 500, retryAfter, asked = '') {
    const details = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(status['details']);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(status['code']) ?? httpCode;
    const seconds = retryAfter ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(details?.['retryAfterSeconds']);
    const causes = ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(details?.['causes']) ?? []).map((cause) => ({
        reason: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['reason']) ?? '',
        message: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['message']) ?? '',
        field: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['field']) ?? ''
    }));
    const message = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(status['message']) || `${asked}: HTTP ${code}`;
    return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(code, (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(status['reason']) || reasonOf(code), message, {
        causes,
        ...(details ? { details } : {}),
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds })
    });
}
function readStatus(body) {
    try {
        const value = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body));
        return value?.['kind'] === 'Status' ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function reasonOf(code) {
    const reasons = {
        400: 'BadRequest',
        401: 'Unauthorized',
        403: 'Forbidden',
        404: 'NotFound',
        405: 'MethodNotAllowed',
        409: 'Conflict',
        410: 'Gone',
        413: 'RequestEntityTooLarge',
        415: 'UnsupportedMediaType',
        422: 'Invalid',
        429: 'TooManyRequests',
        500: 'InternalError',
        503: 'ServiceUnavailable',
        504: 'Timeout'
    };
    return reasons[code] ?? `HTTP${code}`;
}


/***/ }),

/***/ 8325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ unknownKind)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3850);
/* harmony import */ var _objects_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3468);



/** Groups of Kubernetes itself; every other one with a dot is of a CustomResourceDefinition or an extension API server. */
const BUILT_IN = new Set([
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration'
].map((name) => `${name}.k8s.io`));
/** What is missing for a kind that the server does not know: another version of it, its CRD, or a letter. */
function unknownKind(wanted, resources) {
    const { apiVersion, kind } = wanted;
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    const inGroup = resources.filter((resource) => resource.group === group);
    const versions = inGroup.filter((resource) => resource.kind === kind).map(_objects_js__WEBPACK_IMPORTED_MODULE_1__/* .apiVersionOf */ .uO);
    if (versions.length > 0)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`The API server does not serve ${kind} of ${apiVersion}.`, {
            hint: `It serves ${kind} as ${listed(versions)}: change apiVersion.`
        });
    const message = `The API server does not know the kind ${kind} of ${apiVersion}.`;
    const elsewhere = resources.filter((resource) => resource.kind === kind).map(_objects_js__WEBPACK_IMPORTED_MODULE_1__/* .apiVersionOf */ .uO);
    const isCustom = group.includes('.') && !BUILT_IN.has(group);
    const meant = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_2__/* .suggest */ .ZA)(kind, inGroup.map((resource) => resource.kind));
    if (meant?.toLowerCase() === kind.toLowerCase())
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, { hint: `Kinds are case-sensitive: it knows ${meant}.` });
    const also = [
        ...(elsewhere.length > 0 ? [`it knows ${kind} of ${listed(elsewhere)}`] : []),
        ...(meant === undefined ? [] : [`of ${group === '' ? 'v1' : group} it knows ${meant}`])
    ].join('; ');
    if (!isCustom)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, {
            hint: also === '' ? 'Check the spelling of apiVersion and kind.' : `Change apiVersion or kind: ${also}.`
        });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, {
        hint: `The CustomResourceDefinition of ${kind} in the group ${group} (by custom, ${pluralOf(kind)}.${group}) is neither installed nor among the manifests: add it, or install its operator before.${also === '' ? '' : ` Or change apiVersion or kind: ${also}.`}`
    });
}
function listed(versions) {
    return [...new Set(versions)].join(', ');
}
/** As code generators and most authors of definitions have it. */
function pluralOf(kind) {
    const word = kind.toLowerCase();
    if (/[^aeiou]y$/.test(word))
        return `${word.slice(0, -1)}ies`;
    return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}


/***/ }),

/***/ 5266:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z8: () => (/* reexport */ REVERT_MANAGER),
  Rt: () => (/* reexport */ compareAll),
  Hp: () => (/* reexport */ defaultIgnores),
  Md: () => (/* reexport */ payloadOf),
  JM: () => (/* reexport */ redactedError),
  fQ: () => (/* reexport */ removalPatch)
});

// UNUSED EXPORTS: adoptionPatch

// EXTERNAL MODULE: ./src/targets/kubernetes/ownership/index.js + 7 modules
var ownership = __webpack_require__(3109);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/manifest.js
var manifest = __webpack_require__(1632);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/autoscaling.js


/**
 * Ignore rules for what autoscalers own: `replicas` of the workloads that a HorizontalPodAutoscaler or a KEDA
 * ScaledObject of the set, or a live one, targets. A workload without an autoscaler keeps its declared replicas.
 */
function defaultIgnores(manifests, liveAutoscalers = []) {
    const rules = new Map();
    for (const object of [...manifests.map((manifest) => manifest.object), ...liveAutoscalers]) {
        const rule = scaledBy(object);
        if (rule)
            rules.set(`${rule.group}/${rule.kind}/${rule.namespace ?? ''}/${rule.name}`, rule);
    }
    return [...rules.values()];
}
function scaledBy(object) {
    const scaledObject = object.kind === 'ScaledObject' && (0,manifest/* groupOf */.F8)(object) === 'keda.sh';
    if (!scaledObject && (object.kind !== 'HorizontalPodAutoscaler' || (0,manifest/* groupOf */.F8)(object) !== 'autoscaling'))
        return undefined;
    const target = (0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'scaleTargetRef'));
    const name = (0,json/* asString */.oJ)(target?.['name']);
    if (name === undefined)
        return undefined;
    // KEDA's defaults; a HorizontalPodAutoscaler has to name both.
    const kind = (0,json/* asString */.oJ)(target?.['kind']) ?? 'Deployment';
    const apiVersion = (0,json/* asString */.oJ)(target?.['apiVersion']) ?? (scaledObject ? 'apps/v1' : undefined);
    const namespace = (0,manifest/* namespaceOf */.N6)(object);
    return {
        ...(apiVersion === undefined ? {} : { group: (0,manifest/* groupOf */.F8)({ apiVersion }) }),
        kind,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        pointers: ['/spec/replicas']
    };
}

// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/explain.js
var explain = __webpack_require__(5343);
// EXTERNAL MODULE: ./src/targets/kubernetes/cluster.js
var kubernetes_cluster = __webpack_require__(5920);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/paths.js
var paths = __webpack_require__(8712);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/quantity.js
/**
 * The value of a Kubernetes quantity (`100m`, `0.1`, `1Gi`, `1e3`) in units of 10⁻⁹, the finest that Kubernetes
 * keeps; undefined for what is no quantity or finer than that.
 */
function quantityValue(text) {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]))?$/.exec(text);
    if (!match)
        return undefined;
    const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match;
    if (whole === '' && fraction === '')
        return undefined;
    let value = BigInt(whole + fraction);
    let power = 9 - fraction.length + (exponent === undefined ? 0 : Number(exponent.slice(1)));
    const binary = BINARY.indexOf(suffix);
    if (suffix.endsWith('i'))
        value <<= BigInt(10 * (binary + 1));
    else
        power += DECIMAL[suffix] ?? 0;
    if (power >= 0)
        value *= 10n ** BigInt(power);
    else {
        const divisor = 10n ** BigInt(-power);
        if (value % divisor !== 0n)
            return undefined;
        value /= divisor;
    }
    return sign === '-' ? -value : value;
}
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** True when two spellings are quantities of the same value. */
function sameQuantity(a, b) {
    const value = cached(a);
    return value !== undefined && value === cached(b);
}
/** A set of objects uses few different quantities many times. */
const values = new Map();
function cached(text) {
    if (!values.has(text)) {
        if (values.size >= 1000)
            values.clear();
        values.set(text, quantityValue(text));
    }
    return values.get(text);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/types/builtin.generated.js
// Generated from the Go sources of Kubernetes by test/targets/kubernetes/compare-types: do not edit.
// biome-ignore format: one long line of data
const BUILTIN_TYPES = '{"kinds":{"admissionregistration.k8s.io/v1/MutatingAdmissionPolicy":"admission.MutatingAdmissionPolicy","admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding":"admission.MutatingAdmissionPolicyBinding","admissionregistration.k8s.io/v1/MutatingWebhookConfiguration":"admission.MutatingWebhookConfiguration","admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy":"admission.ValidatingAdmissionPolicy","admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding":"admission.ValidatingAdmissionPolicyBinding","admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration":"admission.ValidatingWebhookConfiguration","apiextensions.k8s.io/v1/CustomResourceDefinition":"apiextensions.CustomResourceDefinition","apiregistration.k8s.io/v1/APIService":"apiregistration.APIService","apps/v1/ControllerRevision":"apps.ControllerRevision","apps/v1/DaemonSet":"apps.DaemonSet","apps/v1/Deployment":"apps.Deployment","apps/v1/ReplicaSet":"apps.ReplicaSet","apps/v1/StatefulSet":"apps.StatefulSet","autoscaling/v1/HorizontalPodAutoscaler":"autoscaling1.HorizontalPodAutoscaler","autoscaling/v1/Scale":"autoscaling1.Scale","autoscaling/v2/HorizontalPodAutoscaler":"autoscaling.HorizontalPodAutoscaler","batch/v1/CronJob":"batch.CronJob","batch/v1/Job":"batch.Job","certificates.k8s.io/v1/CertificateSigningRequest":"certificates.CertificateSigningRequest","coordination.k8s.io/v1/Lease":"coordination.Lease","discovery.k8s.io/v1/EndpointSlice":"discovery.EndpointSlice","flowcontrol.apiserver.k8s.io/v1/FlowSchema":"flowcontrol.FlowSchema","flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration":"flowcontrol.PriorityLevelConfiguration","networking.k8s.io/v1/IPAddress":"networking.IPAddress","networking.k8s.io/v1/Ingress":"networking.Ingress","networking.k8s.io/v1/IngressClass":"networking.IngressClass","networking.k8s.io/v1/NetworkPolicy":"networking.NetworkPolicy","networking.k8s.io/v1/ServiceCIDR":"networking.ServiceCIDR","node.k8s.io/v1/RuntimeClass":"node.RuntimeClass","policy/v1/Eviction":"policy.Eviction","policy/v1/PodDisruptionBudget":"policy.PodDisruptionBudget","rbac.authorization.k8s.io/v1/ClusterRole":"rbac.ClusterRole","rbac.authorization.k8s.io/v1/ClusterRoleBinding":"rbac.ClusterRoleBinding","rbac.authorization.k8s.io/v1/Role":"rbac.Role","rbac.authorization.k8s.io/v1/RoleBinding":"rbac.RoleBinding","resource.k8s.io/v1/DeviceClass":"resource.DeviceClass","resource.k8s.io/v1/ResourceClaim":"resource.ResourceClaim","resource.k8s.io/v1/ResourceClaimTemplate":"resource.ResourceClaimTemplate","resource.k8s.io/v1/ResourceSlice":"resource.ResourceSlice","scheduling.k8s.io/v1/PriorityClass":"scheduling.PriorityClass","storage.k8s.io/v1/CSIDriver":"storage.CSIDriver","storage.k8s.io/v1/CSINode":"storage.CSINode","storage.k8s.io/v1/CSIStorageCapacity":"storage.CSIStorageCapacity","storage.k8s.io/v1/StorageClass":"storage.StorageClass","storage.k8s.io/v1/VolumeAttachment":"storage.VolumeAttachment","storage.k8s.io/v1/VolumeAttributesClass":"storage.VolumeAttributesClass","v1/Binding":"Binding","v1/ComponentStatus":"ComponentStatus","v1/ConfigMap":"ConfigMap","v1/Endpoints":"Endpoints","v1/Event":"Event","v1/LimitRange":"LimitRange","v1/Namespace":"Namespace","v1/Node":"Node","v1/PersistentVolume":"PersistentVolume","v1/PersistentVolumeClaim":"PersistentVolumeClaim","v1/Pod":"Pod","v1/PodStatusResult":"PodStatusResult","v1/PodTemplate":"PodTemplate","v1/RangeAllocation":"RangeAllocation","v1/ReplicationController":"ReplicationController","v1/ResourceQuota":"ResourceQuota","v1/Secret":"Secret","v1/Service":"Service","v1/ServiceAccount":"ServiceAccount"},"types":{"AWSElasticBlockStoreVolumeSource":{"fsType":"z","partition":"z","readOnly":"z"},"Affinity":{"nodeAffinity":".NodeAffinity","podAffinity":".PodAffinity","podAntiAffinity":".PodAntiAffinity"},"AzureFilePersistentVolumeSource":{"readOnly":"z"},"AzureFileVolumeSource":{"readOnly":"z"},"Binding":{"metadata":".meta.ObjectMeta","target":"!ObjectReference"},"CSIPersistentVolumeSource":{"controllerExpandSecretRef":"!SecretReference","controllerPublishSecretRef":"!SecretReference","fsType":"z","nodeExpandSecretRef":"!SecretReference","nodePublishSecretRef":"!SecretReference","nodeStageSecretRef":"!SecretReference","readOnly":"z","volumeAttributes":"{"},"CSIVolumeSource":{"nodePublishSecretRef":"!LocalObjectReference","volumeAttributes":"{"},"Capabilities":{"add":"[a","drop":"[a"},"CephFSPersistentVolumeSource":{"monitors":"[a","path":"z","readOnly":"z","secretFile":"z","secretRef":"!SecretReference","user":"z"},"CephFSVolumeSource":{"monitors":"[a","path":"z","readOnly":"z","secretFile":"z","secretRef":"!LocalObjectReference","user":"z"},"CinderPersistentVolumeSource":{"fsType":"z","readOnly":"z","secretRef":"!SecretReference"},"CinderVolumeSource":{"fsType":"z","readOnly":"z","secretRef":"!LocalObjectReference"},"ClusterTrustBundleProjection":{"labelSelector":"!meta.LabelSelector"},"ComponentCondition":{"error":"z","message":"z"},"ComponentStatus":{"conditions":"[m:type:ComponentCondition","metadata":".meta.ObjectMeta"},"ConfigMap":{"binaryData":"{","data":"{","metadata":".meta.ObjectMeta"},"ConfigMapEnvSource":{"name":"z"},"ConfigMapKeySelector":{"name":"z"},"ConfigMapNodeConfigSource":{"resourceVersion":"z","uid":"z"},"ConfigMapProjection":{"items":"[aKeyToPath","name":"z"},"ConfigMapVolumeSource":{"items":"[aKeyToPath","name":"z"},"Container":{"args":"[a","command":"[a","env":"[m:name:EnvVar","envFrom":"[aEnvFromSource","image":"z","imagePullPolicy":"z","lifecycle":".Lifecycle","livenessProbe":".Probe","ports":"[m:containerPort,protocol=TCP:ContainerPort","readinessProbe":".Probe","resizePolicy":"[aContainerResizePolicy","resources":".ResourceRequirements","restartPolicyRules":"[aContainerRestartRule","securityContext":".SecurityContext","startupProbe":".Probe","stdin":"z","stdinOnce":"z","terminationMessagePath":"z","terminationMessagePolicy":"z","tty":"z","volumeDevices":"[m:devicePath:VolumeDevice","volumeMounts":"[m:mountPath:VolumeMount","workingDir":"z"},"ContainerPort":{"hostIP":"z","hostPort":"z","name":"z","protocol":"z"},"ContainerRestartRule":{"action":"z","exitCodes":".ContainerRestartRuleOnExitCodes"},"ContainerRestartRuleOnExitCodes":{"operator":"z","values":"[s"},"DownwardAPIProjection":{"items":"[aDownwardAPIVolumeFile"},"DownwardAPIVolumeFile":{"fieldRef":"!ObjectFieldSelector","resourceFieldRef":"!ResourceFieldSelector"},"DownwardAPIVolumeSource":{"items":"[aDownwardAPIVolumeFile"},"EmptyDirVolumeSource":{"medium":"z","sizeLimit":"q"},"EndpointAddress":{"hostname":"z","targetRef":"!ObjectReference"},"EndpointPort":{"name":"z","protocol":"z"},"EndpointSubset":{"addresses":"[aEndpointAddress","notReadyAddresses":"[aEndpointAddress","ports":"[aEndpointPort"},"Endpoints":{"metadata":".meta.ObjectMeta","subsets":"[aEndpointSubset"},"EnvFromSource":{"configMapRef":".ConfigMapEnvSource","prefix":"z","secretRef":".SecretEnvSource"},"EnvVar":{"value":"z","valueFrom":".EnvVarSource"},"EnvVarSource":{"configMapKeyRef":"!ConfigMapKeySelector","fieldRef":"!ObjectFieldSelector","fileKeyRef":"!FileKeySelector","resourceFieldRef":"!ResourceFieldSelector","secretKeyRef":"!SecretKeySelector"},"EphemeralContainer":{"args":"[a","command":"[a","env":"[m:name:EnvVar","envFrom":"[aEnvFromSource","image":"z","imagePullPolicy":"z","lifecycle":".Lifecycle","livenessProbe":".Probe","ports":"[m:containerPort,protocol=TCP:ContainerPort","readinessProbe":".Probe","resizePolicy":"[aContainerResizePolicy","resources":".ResourceRequirements","restartPolicyRules":"[aContainerRestartRule","securityContext":".SecurityContext","startupProbe":".Probe","stdin":"z","stdinOnce":"z","targetContainerName":"z","terminationMessagePath":"z","terminationMessagePolicy":"z","tty":"z","volumeDevices":"[m:devicePath:VolumeDevice","volumeMounts":"[m:mountPath:VolumeMount","workingDir":"z"},"EphemeralVolumeSource":{"volumeClaimTemplate":".PersistentVolumeClaimTemplate"},"Event":{"action":"z","count":"z","involvedObject":"!ObjectReference","message":"z","metadata":".meta.ObjectMeta","reason":"z","related":"!ObjectReference","series":".EventSeries","source":".EventSource","type":"z"},"EventSeries":{"count":"z"},"EventSource":{"component":"z","host":"z"},"ExecAction":{"command":"[a"},"FCVolumeSource":{"fsType":"z","readOnly":"z","targetWWNs":"[a","wwids":"[a"},"FlexPersistentVolumeSource":{"fsType":"z","options":"{","readOnly":"z","secretRef":"!SecretReference"},"FlexVolumeSource":{"fsType":"z","options":"{","readOnly":"z","secretRef":"!LocalObjectReference"},"FlockerVolumeSource":{"datasetName":"z","datasetUUID":"z"},"GCEPersistentDiskVolumeSource":{"fsType":"z","partition":"z","readOnly":"z"},"GitRepoVolumeSource":{"directory":"z","revision":"z"},"GlusterfsPersistentVolumeSource":{"readOnly":"z"},"GlusterfsVolumeSource":{"readOnly":"z"},"HTTPGetAction":{"host":"z","httpHeaders":"[aHTTPHeader","path":"z","scheme":"z"},"HostAlias":{"hostnames":"[a"},"ISCSIPersistentVolumeSource":{"chapAuthDiscovery":"z","chapAuthSession":"z","fsType":"z","iscsiInterface":"z","portals":"[a","readOnly":"z","secretRef":"!SecretReference"},"ISCSIVolumeSource":{"chapAuthDiscovery":"z","chapAuthSession":"z","fsType":"z","iscsiInterface":"z","portals":"[a","readOnly":"z","secretRef":"!LocalObjectReference"},"ImageVolumeSource":{"pullPolicy":"z","reference":"z"},"Lifecycle":{"postStart":".LifecycleHandler","preStop":".LifecycleHandler"},"LifecycleHandler":{"exec":".ExecAction","httpGet":".HTTPGetAction","sleep":".","tcpSocket":".TCPSocketAction"},"LimitRange":{"metadata":".meta.ObjectMeta","spec":".LimitRangeSpec"},"LimitRangeItem":{"default":"{q","defaultRequest":"{q","max":"{q","maxLimitRequestRatio":"{q","min":"{q"},"LimitRangeSpec":{"limits":"[aLimitRangeItem"},"LocalObjectReference":{"name":"z"},"NFSVolumeSource":{"readOnly":"z"},"Namespace":{"metadata":".meta.ObjectMeta","spec":".NamespaceSpec"},"NamespaceSpec":{"finalizers":"[a"},"Node":{"metadata":".meta.ObjectMeta","spec":".NodeSpec"},"NodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":"[aPreferredSchedulingTerm","requiredDuringSchedulingIgnoredDuringExecution":"!NodeSelector"},"NodeConfigSource":{"configMap":".ConfigMapNodeConfigSource"},"NodeSelector":{"nodeSelectorTerms":"[aNodeSelectorTerm"},"NodeSelectorRequirement":{"values":"[a"},"NodeSelectorTerm":{"matchExpressions":"[aNodeSelectorRequirement","matchFields":"[aNodeSelectorRequirement"},"NodeSpec":{"configSource":".NodeConfigSource","externalID":"z","podCIDR":"z","podCIDRs":"[s","providerID":"z","taints":"[aTaint","unschedulable":"z"},"ObjectFieldSelector":{"apiVersion":"z"},"ObjectReference":{"apiVersion":"z","fieldPath":"z","kind":"z","name":"z","namespace":"z","resourceVersion":"z","uid":"z"},"PersistentVolume":{"metadata":".meta.ObjectMeta","spec":".PersistentVolumeSpec"},"PersistentVolumeClaim":{"metadata":".meta.ObjectMeta","spec":".PersistentVolumeClaimSpec"},"PersistentVolumeClaimSpec":{"accessModes":"[a","dataSource":"!TypedLocalObjectReference","dataSourceRef":".","resources":".VolumeResourceRequirements","selector":"!meta.LabelSelector","volumeName":"z"},"PersistentVolumeClaimTemplate":{"metadata":".meta.ObjectMeta","spec":".PersistentVolumeClaimSpec"},"PersistentVolumeClaimVolumeSource":{"readOnly":"z"},"PersistentVolumeSpec":{"accessModes":"[a","awsElasticBlockStore":".AWSElasticBlockStoreVolumeSource","azureDisk":".","azureFile":".AzureFilePersistentVolumeSource","capacity":"{q","cephfs":".CephFSPersistentVolumeSource","cinder":".CinderPersistentVolumeSource","claimRef":"!ObjectReference","csi":".CSIPersistentVolumeSource","fc":".FCVolumeSource","flexVolume":".FlexPersistentVolumeSource","flocker":".FlockerVolumeSource","gcePersistentDisk":".GCEPersistentDiskVolumeSource","glusterfs":".GlusterfsPersistentVolumeSource","hostPath":".","iscsi":".ISCSIPersistentVolumeSource","local":".","mountOptions":"[a","nfs":".NFSVolumeSource","nodeAffinity":".VolumeNodeAffinity","persistentVolumeReclaimPolicy":"z","photonPersistentDisk":".PhotonPersistentDiskVolumeSource","portworxVolume":".PortworxVolumeSource","quobyte":".QuobyteVolumeSource","rbd":".RBDPersistentVolumeSource","scaleIO":".ScaleIOPersistentVolumeSource","storageClassName":"z","storageos":".StorageOSPersistentVolumeSource","vsphereVolume":".VsphereVirtualDiskVolumeSource"},"PhotonPersistentDiskVolumeSource":{"fsType":"z"},"Pod":{"metadata":".meta.ObjectMeta","spec":".PodSpec"},"PodAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":"[aWeightedPodAffinityTerm","requiredDuringSchedulingIgnoredDuringExecution":"[aPodAffinityTerm"},"PodAffinityTerm":{"labelSelector":"!meta.LabelSelector","matchLabelKeys":"[a","mismatchLabelKeys":"[a","namespaceSelector":"!meta.LabelSelector","namespaces":"[a"},"PodAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":"[aWeightedPodAffinityTerm","requiredDuringSchedulingIgnoredDuringExecution":"[aPodAffinityTerm"},"PodCertificateProjection":{"certificateChainPath":"z","credentialBundlePath":"z","keyPath":"z","keyType":"z","signerName":"z","userAnnotations":"{"},"PodDNSConfig":{"nameservers":"[a","options":"[aPodDNSConfigOption","searches":"[a"},"PodDNSConfigOption":{"name":"z"},"PodSecurityContext":{"appArmorProfile":".","seLinuxOptions":".SELinuxOptions","seccompProfile":".","supplementalGroups":"[a","sysctls":"[aSysctl","windowsOptions":"."},"PodSpec":{"affinity":".Affinity","containers":"[m:name:Container","dnsConfig":".PodDNSConfig","dnsPolicy":"z","ephemeralContainers":"[m:name:EphemeralContainer","hostAliases":"[m:ip:HostAlias","hostIPC":"z","hostNetwork":"z","hostPID":"z","hostname":"z","imagePullSecrets":"[m:name:LocalObjectReference","initContainers":"[m:name:Container","nodeName":"z","nodeSelector":"{!","os":".","overhead":"{q","priorityClassName":"z","readinessGates":"[aPodReadinessGate","resourceClaims":"[m:name:PodResourceClaim","resources":".ResourceRequirements","restartPolicy":"z","schedulerName":"z","schedulingGates":"[m:name:PodSchedulingGate","schedulingGroup":".","securityContext":".PodSecurityContext","serviceAccount":"z","serviceAccountName":"z","subdomain":"z","tolerations":"[aToleration","topologySpreadConstraints":"[m:topologyKey,whenUnsatisfiable:TopologySpreadConstraint","volumes":"[m:name:Volume"},"PodStatusResult":{"metadata":".meta.ObjectMeta"},"PodTemplate":{"metadata":".meta.ObjectMeta","template":".PodTemplateSpec"},"PodTemplateSpec":{"metadata":".meta.ObjectMeta","spec":".PodSpec"},"PortworxVolumeSource":{"fsType":"z","readOnly":"z"},"PreferredSchedulingTerm":{"preference":"!NodeSelectorTerm"},"Probe":{"exec":".ExecAction","failureThreshold":"z","grpc":".","httpGet":".HTTPGetAction","initialDelaySeconds":"z","periodSeconds":"z","successThreshold":"z","tcpSocket":".TCPSocketAction","timeoutSeconds":"z"},"ProjectedVolumeSource":{"sources":"[aVolumeProjection"},"QuobyteVolumeSource":{"group":"z","readOnly":"z","tenant":"z","user":"z"},"RBDPersistentVolumeSource":{"fsType":"z","keyring":"z","monitors":"[a","pool":"z","readOnly":"z","secretRef":"!SecretReference","user":"z"},"RBDVolumeSource":{"fsType":"z","keyring":"z","monitors":"[a","pool":"z","readOnly":"z","secretRef":"!LocalObjectReference","user":"z"},"RangeAllocation":{"metadata":".meta.ObjectMeta"},"ReplicationController":{"metadata":".meta.ObjectMeta","spec":".ReplicationControllerSpec"},"ReplicationControllerSpec":{"minReadySeconds":"z","selector":"{!","template":".PodTemplateSpec"},"ResourceClaim":{"request":"z"},"ResourceFieldSelector":{"containerName":"z","divisor":"q"},"ResourceQuota":{"metadata":".meta.ObjectMeta","spec":".ResourceQuotaSpec"},"ResourceQuotaSpec":{"hard":"{q","scopeSelector":"!ScopeSelector","scopes":"[a"},"ResourceRequirements":{"claims":"[m:name:ResourceClaim","limits":"{q","requests":"{q"},"SELinuxOptions":{"level":"z","role":"z","type":"z","user":"z"},"ScaleIOPersistentVolumeSource":{"fsType":"z","protectionDomain":"z","readOnly":"z","secretRef":"!SecretReference","sslEnabled":"z","storageMode":"z","storagePool":"z","volumeName":"z"},"ScaleIOVolumeSource":{"fsType":"z","protectionDomain":"z","readOnly":"z","secretRef":"!LocalObjectReference","sslEnabled":"z","storageMode":"z","storagePool":"z","volumeName":"z"},"ScopeSelector":{"matchExpressions":"[aScopedResourceSelectorRequirement"},"ScopedResourceSelectorRequirement":{"values":"[a"},"Secret":{"data":"{","metadata":".meta.ObjectMeta","stringData":"{","type":"z"},"SecretEnvSource":{"name":"z"},"SecretKeySelector":{"name":"z"},"SecretProjection":{"items":"[aKeyToPath","name":"z"},"SecretReference":{"name":"z","namespace":"z"},"SecretVolumeSource":{"items":"[aKeyToPath","secretName":"z"},"SecurityContext":{"appArmorProfile":".","capabilities":".Capabilities","seLinuxOptions":".SELinuxOptions","seccompProfile":".","windowsOptions":"."},"Service":{"metadata":".meta.ObjectMeta","spec":".ServiceSpec"},"ServiceAccount":{"imagePullSecrets":"[aLocalObjectReference","metadata":".meta.ObjectMeta","secrets":"[m:name:ObjectReference"},"ServiceAccountTokenProjection":{"audience":"z"},"ServicePort":{"name":"z","nodePort":"z","protocol":"z"},"ServiceSpec":{"clusterIP":"z","clusterIPs":"[a","externalIPs":"[a","externalName":"z","externalTrafficPolicy":"z","healthCheckNodePort":"z","ipFamilies":"[a","loadBalancerIP":"z","loadBalancerSourceRanges":"[a","ports":"[m:port,protocol=TCP:ServicePort","publishNotReadyAddresses":"z","selector":"{!","sessionAffinity":"z","sessionAffinityConfig":".SessionAffinityConfig","type":"z"},"SessionAffinityConfig":{"clientIP":"."},"StorageOSPersistentVolumeSource":{"fsType":"z","readOnly":"z","secretRef":"!ObjectReference","volumeName":"z","volumeNamespace":"z"},"StorageOSVolumeSource":{"fsType":"z","readOnly":"z","secretRef":"!LocalObjectReference","volumeName":"z","volumeNamespace":"z"},"TCPSocketAction":{"host":"z"},"Taint":{"value":"z"},"Toleration":{"effect":"z","key":"z","operator":"z","value":"z"},"TopologySelectorLabelRequirement":{"values":"[a"},"TopologySelectorTerm":{"matchLabelExpressions":"[aTopologySelectorLabelRequirement"},"TopologySpreadConstraint":{"labelSelector":"!meta.LabelSelector","matchLabelKeys":"[a"},"Volume":{"awsElasticBlockStore":".AWSElasticBlockStoreVolumeSource","azureDisk":".","azureFile":".AzureFileVolumeSource","cephfs":".CephFSVolumeSource","cinder":".CinderVolumeSource","configMap":".ConfigMapVolumeSource","csi":".CSIVolumeSource","downwardAPI":".DownwardAPIVolumeSource","emptyDir":".EmptyDirVolumeSource","ephemeral":".EphemeralVolumeSource","fc":".FCVolumeSource","flexVolume":".FlexVolumeSource","flocker":".FlockerVolumeSource","gcePersistentDisk":".GCEPersistentDiskVolumeSource","gitRepo":".GitRepoVolumeSource","glusterfs":".GlusterfsVolumeSource","hostPath":".","image":".ImageVolumeSource","iscsi":".ISCSIVolumeSource","nfs":".NFSVolumeSource","persistentVolumeClaim":".PersistentVolumeClaimVolumeSource","photonPersistentDisk":".PhotonPersistentDiskVolumeSource","portworxVolume":".PortworxVolumeSource","projected":".ProjectedVolumeSource","quobyte":".QuobyteVolumeSource","rbd":".RBDVolumeSource","scaleIO":".ScaleIOVolumeSource","secret":".SecretVolumeSource","storageos":".StorageOSVolumeSource","vsphereVolume":".VsphereVirtualDiskVolumeSource"},"VolumeMount":{"readOnly":"z","subPath":"z","subPathExpr":"z"},"VolumeNodeAffinity":{"required":"!NodeSelector"},"VolumeProjection":{"clusterTrustBundle":".ClusterTrustBundleProjection","configMap":".ConfigMapProjection","downwardAPI":".DownwardAPIProjection","podCertificate":".PodCertificateProjection","secret":".SecretProjection","serviceAccountToken":".ServiceAccountTokenProjection"},"VolumeResourceRequirements":{"limits":"{q","requests":"{q"},"VsphereVirtualDiskVolumeSource":{"fsType":"z","storagePolicyID":"z","storagePolicyName":"z"},"WeightedPodAffinityTerm":{"podAffinityTerm":".PodAffinityTerm"},"admission.ApplyConfiguration":{"expression":"z"},"admission.JSONPatch":{"expression":"z"},"admission.MatchResources":{"excludeResourceRules":"[aadmission.NamedRuleWithOperations","namespaceSelector":"!meta.LabelSelector","objectSelector":"!meta.LabelSelector","resourceRules":"[aadmission.NamedRuleWithOperations"},"admission.MutatingAdmissionPolicy":{"metadata":".meta.ObjectMeta","spec":".admission.MutatingAdmissionPolicySpec"},"admission.MutatingAdmissionPolicyBinding":{"metadata":".meta.ObjectMeta","spec":".admission.MutatingAdmissionPolicyBindingSpec"},"admission.MutatingAdmissionPolicyBindingSpec":{"matchResources":"!admission.MatchResources","paramRef":"!admission.ParamRef","policyName":"z"},"admission.MutatingAdmissionPolicySpec":{"matchConditions":"[m:name:admission.MatchCondition","matchConstraints":"!admission.MatchResources","mutations":"[aadmission.Mutation","paramKind":"!admission.ParamKind","reinvocationPolicy":"z","variables":"[aadmission.Variable"},"admission.MutatingWebhook":{"admissionReviewVersions":"[a","clientConfig":".admission.WebhookClientConfig","matchConditions":"[m:name:admission.MatchCondition","namespaceSelector":"!meta.LabelSelector","objectSelector":"!meta.LabelSelector","rules":"[aadmission.RuleWithOperations"},"admission.MutatingWebhookConfiguration":{"metadata":".meta.ObjectMeta","webhooks":"[m:name:admission.MutatingWebhook"},"admission.Mutation":{"applyConfiguration":".admission.ApplyConfiguration","jsonPatch":".admission.JSONPatch"},"admission.NamedRuleWithOperations":{"apiGroups":"[a","apiVersions":"[a","operations":"[a","resourceNames":"[a","resources":"[a"},"admission.ParamKind":{"apiVersion":"z","kind":"z"},"admission.ParamRef":{"name":"z","namespace":"z","selector":"!meta.LabelSelector"},"admission.RuleWithOperations":{"apiGroups":"[a","apiVersions":"[a","operations":"[a","resources":"[a"},"admission.ValidatingAdmissionPolicy":{"metadata":".meta.ObjectMeta","spec":".admission.ValidatingAdmissionPolicySpec"},"admission.ValidatingAdmissionPolicyBinding":{"metadata":".meta.ObjectMeta","spec":".admission.ValidatingAdmissionPolicyBindingSpec"},"admission.ValidatingAdmissionPolicyBindingSpec":{"matchResources":"!admission.MatchResources","paramRef":"!admission.ParamRef","policyName":"z","validationActions":"[s"},"admission.ValidatingAdmissionPolicySpec":{"auditAnnotations":"[aadmission.AuditAnnotation","matchConditions":"[m:name:admission.MatchCondition","matchConstraints":"!admission.MatchResources","paramKind":"!admission.ParamKind","validations":"[aadmission.Validation","variables":"[m:name:admission.Variable"},"admission.ValidatingWebhook":{"admissionReviewVersions":"[a","clientConfig":".admission.WebhookClientConfig","matchConditions":"[m:name:admission.MatchCondition","namespaceSelector":"!meta.LabelSelector","objectSelector":"!meta.LabelSelector","rules":"[aadmission.RuleWithOperations"},"admission.ValidatingWebhookConfiguration":{"metadata":".meta.ObjectMeta","webhooks":"[m:name:admission.ValidatingWebhook"},"admission.Validation":{"message":"z","messageExpression":"z"},"admission.WebhookClientConfig":{"service":"."},"apiextensions.CustomResourceColumnDefinition":{"description":"z","format":"z","priority":"z"},"apiextensions.CustomResourceConversion":{"webhook":".apiextensions.WebhookConversion"},"apiextensions.CustomResourceDefinition":{"metadata":".meta.ObjectMeta","spec":".apiextensions.CustomResourceDefinitionSpec"},"apiextensions.CustomResourceDefinitionNames":{"categories":"[a","listKind":"z","shortNames":"[a","singular":"z"},"apiextensions.CustomResourceDefinitionSpec":{"conversion":".apiextensions.CustomResourceConversion","names":".apiextensions.CustomResourceDefinitionNames","preserveUnknownFields":"z","versions":"[aapiextensions.CustomResourceDefinitionVersion"},"apiextensions.CustomResourceDefinitionVersion":{"additionalPrinterColumns":"[aapiextensions.CustomResourceColumnDefinition","deprecated":"z","schema":".apiextensions.CustomResourceValidation","selectableFields":"[aapiextensions.SelectableField","subresources":".apiextensions.CustomResourceSubresources"},"apiextensions.CustomResourceSubresources":{"scale":"."},"apiextensions.CustomResourceValidation":{"openAPIV3Schema":".apiextensions.JSONSchemaProps"},"apiextensions.ExternalDocumentation":{"description":"z","url":"z"},"apiextensions.JSONSchemaProps":{"$schema":"z","allOf":"[aapiextensions.JSONSchemaProps","anyOf":"[aapiextensions.JSONSchemaProps","definitions":"{.apiextensions.JSONSchemaProps","dependencies":"{","description":"z","enum":"[a","exclusiveMaximum":"z","exclusiveMinimum":"z","externalDocs":".apiextensions.ExternalDocumentation","format":"z","id":"z","not":".apiextensions.JSONSchemaProps","nullable":"z","oneOf":"[aapiextensions.JSONSchemaProps","pattern":"z","patternProperties":"{.apiextensions.JSONSchemaProps","properties":"{.apiextensions.JSONSchemaProps","required":"[a","title":"z","type":"z","uniqueItems":"z","x-kubernetes-embedded-resource":"z","x-kubernetes-int-or-string":"z","x-kubernetes-list-map-keys":"[a","x-kubernetes-validations":"[m:rule:apiextensions.ValidationRule"},"apiextensions.ValidationRule":{"fieldPath":"z","message":"z","messageExpression":"z"},"apiextensions.WebhookClientConfig":{"service":"."},"apiextensions.WebhookConversion":{"clientConfig":".apiextensions.WebhookClientConfig","conversionReviewVersions":"[a"},"apiregistration.APIService":{"metadata":".meta.ObjectMeta","spec":".apiregistration.APIServiceSpec"},"apiregistration.APIServiceSpec":{"group":"z","insecureSkipTLSVerify":"z","service":".apiregistration.ServiceReference","version":"z"},"apiregistration.ServiceReference":{"name":"z","namespace":"z"},"apps.ControllerRevision":{"metadata":".meta.ObjectMeta"},"apps.DaemonSet":{"metadata":".meta.ObjectMeta","spec":".apps.DaemonSetSpec"},"apps.DaemonSetSpec":{"minReadySeconds":"z","selector":"!meta.LabelSelector","template":".PodTemplateSpec","updateStrategy":".apps.DaemonSetUpdateStrategy"},"apps.DaemonSetUpdateStrategy":{"rollingUpdate":".","type":"z"},"apps.Deployment":{"metadata":".meta.ObjectMeta","spec":".apps.DeploymentSpec"},"apps.DeploymentSpec":{"minReadySeconds":"z","paused":"z","selector":"!meta.LabelSelector","strategy":".apps.DeploymentStrategy","template":".PodTemplateSpec"},"apps.DeploymentStrategy":{"rollingUpdate":".","type":"z"},"apps.ReplicaSet":{"metadata":".meta.ObjectMeta","spec":".apps.ReplicaSetSpec"},"apps.ReplicaSetSpec":{"minReadySeconds":"z","selector":"!meta.LabelSelector","template":".PodTemplateSpec"},"apps.StatefulSet":{"metadata":".meta.ObjectMeta","spec":".apps.StatefulSetSpec"},"apps.StatefulSetPersistentVolumeClaimRetentionPolicy":{"whenDeleted":"z","whenScaled":"z"},"apps.StatefulSetSpec":{"minReadySeconds":"z","ordinals":".","persistentVolumeClaimRetentionPolicy":".apps.StatefulSetPersistentVolumeClaimRetentionPolicy","podManagementPolicy":"z","selector":"!meta.LabelSelector","template":".PodTemplateSpec","updateStrategy":".apps.StatefulSetUpdateStrategy","volumeClaimTemplates":"[aPersistentVolumeClaim"},"apps.StatefulSetUpdateStrategy":{"rollingUpdate":".","type":"z"},"autoscaling.ContainerResourceMetricSource":{"target":".autoscaling.MetricTarget"},"autoscaling.CrossVersionObjectReference":{"apiVersion":"z"},"autoscaling.ExternalMetricSource":{"metric":".autoscaling.MetricIdentifier","target":".autoscaling.MetricTarget"},"autoscaling.HPAScalingRules":{"policies":"[aautoscaling.HPAScalingPolicy","tolerance":"q"},"autoscaling.HorizontalPodAutoscaler":{"metadata":".meta.ObjectMeta","spec":".autoscaling.HorizontalPodAutoscalerSpec"},"autoscaling.HorizontalPodAutoscalerBehavior":{"scaleDown":".autoscaling.HPAScalingRules","scaleUp":".autoscaling.HPAScalingRules"},"autoscaling.HorizontalPodAutoscalerSpec":{"behavior":".autoscaling.HorizontalPodAutoscalerBehavior","metrics":"[aautoscaling.MetricSpec","scaleTargetRef":".autoscaling.CrossVersionObjectReference"},"autoscaling.MetricIdentifier":{"selector":"!meta.LabelSelector"},"autoscaling.MetricSpec":{"containerResource":".autoscaling.ContainerResourceMetricSource","external":".autoscaling.ExternalMetricSource","object":".autoscaling.ObjectMetricSource","pods":".autoscaling.PodsMetricSource","resource":".autoscaling.ResourceMetricSource"},"autoscaling.MetricTarget":{"averageValue":"q","value":"q"},"autoscaling.ObjectMetricSource":{"describedObject":".autoscaling.CrossVersionObjectReference","metric":".autoscaling.MetricIdentifier","target":".autoscaling.MetricTarget"},"autoscaling.PodsMetricSource":{"metric":".autoscaling.MetricIdentifier","target":".autoscaling.MetricTarget"},"autoscaling.ResourceMetricSource":{"target":".autoscaling.MetricTarget"},"autoscaling1.CrossVersionObjectReference":{"apiVersion":"z"},"autoscaling1.HorizontalPodAutoscaler":{"metadata":".meta.ObjectMeta","spec":".autoscaling1.HorizontalPodAutoscalerSpec"},"autoscaling1.HorizontalPodAutoscalerSpec":{"scaleTargetRef":"!autoscaling1.CrossVersionObjectReference"},"autoscaling1.Scale":{"metadata":".meta.ObjectMeta","spec":".autoscaling1.ScaleSpec"},"autoscaling1.ScaleSpec":{"replicas":"z"},"batch.CronJob":{"metadata":".meta.ObjectMeta","spec":".batch.CronJobSpec"},"batch.CronJobSpec":{"concurrencyPolicy":"z","jobTemplate":".batch.JobTemplateSpec"},"batch.Job":{"metadata":".meta.ObjectMeta","spec":".batch.JobSpec"},"batch.JobSpec":{"podFailurePolicy":".batch.PodFailurePolicy","selector":"!meta.LabelSelector","successPolicy":".batch.SuccessPolicy","template":".PodTemplateSpec"},"batch.JobTemplateSpec":{"metadata":".meta.ObjectMeta","spec":".batch.JobSpec"},"batch.PodFailurePolicy":{"rules":"[abatch.PodFailurePolicyRule"},"batch.PodFailurePolicyOnExitCodesRequirement":{"values":"[s"},"batch.PodFailurePolicyRule":{"onExitCodes":".batch.PodFailurePolicyOnExitCodesRequirement","onPodConditions":"[abatch.PodFailurePolicyOnPodConditionsPattern"},"batch.SuccessPolicy":{"rules":"[abatch.SuccessPolicyRule"},"certificates.CertificateSigningRequest":{"metadata":".meta.ObjectMeta","spec":".certificates.CertificateSigningRequestSpec"},"certificates.CertificateSigningRequestSpec":{"extra":"{","groups":"[a","uid":"z","usages":"[a","username":"z"},"coordination.Lease":{"metadata":".meta.ObjectMeta","spec":"."},"discovery.Endpoint":{"addresses":"[s","conditions":".","deprecatedTopology":"{","hints":".discovery.EndpointHints","targetRef":"!ObjectReference"},"discovery.EndpointHints":{"forNodes":"[adiscovery.ForNode","forZones":"[adiscovery.ForZone"},"discovery.EndpointSlice":{"endpoints":"[adiscovery.Endpoint","metadata":".meta.ObjectMeta","ports":"[adiscovery.EndpointPort"},"flowcontrol.FlowSchema":{"metadata":".meta.ObjectMeta","spec":".flowcontrol.FlowSchemaSpec"},"flowcontrol.FlowSchemaSpec":{"distinguisherMethod":".","priorityLevelConfiguration":".","rules":"[aflowcontrol.PolicyRulesWithSubjects"},"flowcontrol.LimitResponse":{"queuing":"."},"flowcontrol.LimitedPriorityLevelConfiguration":{"limitResponse":".flowcontrol.LimitResponse"},"flowcontrol.NonResourcePolicyRule":{"nonResourceURLs":"[s","verbs":"[s"},"flowcontrol.PolicyRulesWithSubjects":{"nonResourceRules":"[aflowcontrol.NonResourcePolicyRule","resourceRules":"[aflowcontrol.ResourcePolicyRule","subjects":"[aflowcontrol.Subject"},"flowcontrol.PriorityLevelConfiguration":{"metadata":".meta.ObjectMeta","spec":".flowcontrol.PriorityLevelConfigurationSpec"},"flowcontrol.PriorityLevelConfigurationSpec":{"exempt":".","limited":".flowcontrol.LimitedPriorityLevelConfiguration"},"flowcontrol.ResourcePolicyRule":{"apiGroups":"[s","clusterScope":"z","namespaces":"[s","resources":"[s","verbs":"[s"},"flowcontrol.Subject":{"group":".","serviceAccount":".","user":"."},"meta.DeleteOptions":{"apiVersion":"z","dryRun":"[a","kind":"z","preconditions":"."},"meta.LabelSelector":{"matchExpressions":"[ameta.LabelSelectorRequirement","matchLabels":"{"},"meta.LabelSelectorRequirement":{"values":"[a"},"meta.ObjectMeta":{"annotations":"{","finalizers":"[s","generateName":"z","generation":"z","labels":"{","name":"z","namespace":"z","ownerReferences":"[m:uid:meta.OwnerReference","resourceVersion":"z","selfLink":"z","uid":"z"},"networking.HTTPIngressPath":{"backend":".networking.IngressBackend","path":"z"},"networking.HTTPIngressRuleValue":{"paths":"[anetworking.HTTPIngressPath"},"networking.IPAddress":{"metadata":".meta.ObjectMeta","spec":".networking.IPAddressSpec"},"networking.IPAddressSpec":{"parentRef":".networking.ParentReference"},"networking.IPBlock":{"except":"[a"},"networking.Ingress":{"metadata":".meta.ObjectMeta","spec":".networking.IngressSpec"},"networking.IngressBackend":{"resource":"!TypedLocalObjectReference","service":".networking.IngressServiceBackend"},"networking.IngressClass":{"metadata":".meta.ObjectMeta","spec":".networking.IngressClassSpec"},"networking.IngressClassSpec":{"controller":"z","parameters":"."},"networking.IngressRule":{"host":"z","http":".networking.HTTPIngressRuleValue"},"networking.IngressServiceBackend":{"port":"!networking.ServiceBackendPort"},"networking.IngressSpec":{"defaultBackend":".networking.IngressBackend","rules":"[anetworking.IngressRule","tls":"[anetworking.IngressTLS"},"networking.IngressTLS":{"hosts":"[a","secretName":"z"},"networking.NetworkPolicy":{"metadata":".meta.ObjectMeta","spec":".networking.NetworkPolicySpec"},"networking.NetworkPolicyEgressRule":{"ports":"[anetworking.NetworkPolicyPort","to":"[anetworking.NetworkPolicyPeer"},"networking.NetworkPolicyIngressRule":{"from":"[anetworking.NetworkPolicyPeer","ports":"[anetworking.NetworkPolicyPort"},"networking.NetworkPolicyPeer":{"ipBlock":".networking.IPBlock","namespaceSelector":"!meta.LabelSelector","podSelector":"!meta.LabelSelector"},"networking.NetworkPolicySpec":{"egress":"[anetworking.NetworkPolicyEgressRule","ingress":"[anetworking.NetworkPolicyIngressRule","podSelector":"!meta.LabelSelector","policyTypes":"[a"},"networking.ParentReference":{"group":"z","name":"z","namespace":"z","resource":"z"},"networking.ServiceBackendPort":{"name":"z","number":"z"},"networking.ServiceCIDR":{"metadata":".meta.ObjectMeta","spec":".networking.ServiceCIDRSpec"},"networking.ServiceCIDRSpec":{"cidrs":"[a"},"node.Overhead":{"podFixed":"{q"},"node.RuntimeClass":{"metadata":".meta.ObjectMeta","overhead":".node.Overhead","scheduling":".node.Scheduling"},"node.Scheduling":{"nodeSelector":"{!","tolerations":"[aToleration"},"policy.Eviction":{"deleteOptions":".meta.DeleteOptions","metadata":".meta.ObjectMeta"},"policy.PodDisruptionBudget":{"metadata":".meta.ObjectMeta","spec":".policy.PodDisruptionBudgetSpec"},"policy.PodDisruptionBudgetSpec":{"selector":"!meta.LabelSelector"},"rbac.AggregationRule":{"clusterRoleSelectors":"[ameta.LabelSelector"},"rbac.ClusterRole":{"aggregationRule":".rbac.AggregationRule","metadata":".meta.ObjectMeta","rules":"[arbac.PolicyRule"},"rbac.ClusterRoleBinding":{"metadata":".meta.ObjectMeta","roleRef":"!rbac.RoleRef","subjects":"[arbac.Subject"},"rbac.PolicyRule":{"apiGroups":"[a","nonResourceURLs":"[a","resourceNames":"[a","resources":"[a","verbs":"[a"},"rbac.Role":{"metadata":".meta.ObjectMeta","rules":"[arbac.PolicyRule"},"rbac.RoleBinding":{"metadata":".meta.ObjectMeta","roleRef":"!rbac.RoleRef","subjects":"[arbac.Subject"},"rbac.Subject":{"apiGroup":"z","namespace":"z"},"resource.CapacityRequestPolicy":{"default":"q","validRange":".resource.CapacityRequestPolicyRange","validValues":"[a"},"resource.CapacityRequestPolicyRange":{"max":"q","min":"q","step":"q"},"resource.CapacityRequirements":{"requests":"{q"},"resource.Counter":{"value":"q"},"resource.CounterSet":{"counters":"{.resource.Counter"},"resource.Device":{"attributes":"{.resource.DeviceAttribute","bindingConditions":"[a","bindingFailureConditions":"[a","capacity":"{.resource.DeviceCapacity","consumesCounters":"[aresource.DeviceCounterConsumption","nodeAllocatableResourceMappings":"{.resource.NodeAllocatableResourceMapping","nodeSelector":"!NodeSelector","taints":"[aresource.DeviceTaint"},"resource.DeviceAttribute":{"bools":"[a","ints":"[a","strings":"[a","versions":"[a"},"resource.DeviceCapacity":{"requestPolicy":".resource.CapacityRequestPolicy","value":"q"},"resource.DeviceClaim":{"config":"[aresource.DeviceClaimConfiguration","constraints":"[aresource.DeviceConstraint","requests":"[aresource.DeviceRequest"},"resource.DeviceClaimConfiguration":{"opaque":".","requests":"[a"},"resource.DeviceClass":{"metadata":".meta.ObjectMeta","spec":".resource.DeviceClassSpec"},"resource.DeviceClassConfiguration":{"opaque":"."},"resource.DeviceClassSpec":{"config":"[aresource.DeviceClassConfiguration","selectors":"[aresource.DeviceSelector"},"resource.DeviceConstraint":{"requests":"[a"},"resource.DeviceCounterConsumption":{"counters":"{.resource.Counter"},"resource.DeviceRequest":{"exactly":".resource.ExactDeviceRequest","firstAvailable":"[aresource.DeviceSubRequest"},"resource.DeviceSelector":{"cel":"."},"resource.DeviceSubRequest":{"allocationMode":"z","capacity":".resource.CapacityRequirements","count":"z","selectors":"[aresource.DeviceSelector","tolerations":"[aresource.DeviceToleration"},"resource.DeviceTaint":{"value":"z"},"resource.DeviceToleration":{"effect":"z","key":"z","operator":"z","value":"z"},"resource.ExactDeviceRequest":{"allocationMode":"z","capacity":".resource.CapacityRequirements","count":"z","selectors":"[aresource.DeviceSelector","tolerations":"[aresource.DeviceToleration"},"resource.NodeAllocatableResourceMapping":{"allocationMultiplier":"q"},"resource.ResourceClaim":{"metadata":".meta.ObjectMeta","spec":".resource.ResourceClaimSpec"},"resource.ResourceClaimSpec":{"devices":".resource.DeviceClaim"},"resource.ResourceClaimTemplate":{"metadata":".meta.ObjectMeta","spec":".resource.ResourceClaimTemplateSpec"},"resource.ResourceClaimTemplateSpec":{"metadata":".meta.ObjectMeta","spec":".resource.ResourceClaimSpec"},"resource.ResourceSlice":{"metadata":".meta.ObjectMeta","spec":".resource.ResourceSliceSpec"},"resource.ResourceSliceSpec":{"devices":"[aresource.Device","nodeSelector":"!NodeSelector","pool":".","sharedCounters":"[aresource.CounterSet"},"scheduling.PriorityClass":{"description":"z","globalDefault":"z","metadata":".meta.ObjectMeta"},"storage.CSIDriver":{"metadata":".meta.ObjectMeta","spec":".storage.CSIDriverSpec"},"storage.CSIDriverSpec":{"tokenRequests":"[astorage.TokenRequest","volumeLifecycleModes":"[s"},"storage.CSINode":{"metadata":".meta.ObjectMeta","spec":".storage.CSINodeSpec"},"storage.CSINodeDriver":{"allocatable":".","topologyKeys":"[a"},"storage.CSINodeSpec":{"drivers":"[m:name:storage.CSINodeDriver"},"storage.CSIStorageCapacity":{"capacity":"q","maximumVolumeSize":"q","metadata":".meta.ObjectMeta","nodeTopology":"!meta.LabelSelector"},"storage.StorageClass":{"allowedTopologies":"[aTopologySelectorTerm","metadata":".meta.ObjectMeta","mountOptions":"[a","parameters":"{"},"storage.VolumeAttachment":{"metadata":".meta.ObjectMeta","spec":".storage.VolumeAttachmentSpec"},"storage.VolumeAttachmentSource":{"inlineVolumeSpec":".PersistentVolumeSpec"},"storage.VolumeAttachmentSpec":{"source":".storage.VolumeAttachmentSource"},"storage.VolumeAttributesClass":{"metadata":".meta.ObjectMeta","parameters":"{"}}}';

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/types/index.js


/** The type of a kind; of one that is not built in only the metadata is known. */
function typeOfKind(apiVersion, kind) {
    const name = table().kinds[`${apiVersion}/${kind}`];
    return typeof name === 'string' ? structNode(name, false) : CUSTOM;
}
/** True for the type of a kind that is not built in. */
function isCustom(type) {
    return type === CUSTOM;
}
const CUSTOM = {
    type: 'struct',
    name: '',
    atomic: false,
    fields: { get: (field) => (field === 'metadata' ? structNode('meta.ObjectMeta', false) : undefined) }
};
/** The type of a field of an object or an entry of a map. */
function fieldType(parent, field) {
    if (parent === undefined)
        return undefined;
    if (parent.type === 'struct')
        return parent.fields.get(field);
    return parent.type === 'map' ? parent.element : undefined;
}
/** The type of the items of a list. */
function itemType(parent) {
    return parent?.type === 'list' ? parent.element : undefined;
}
let parsedTable;
const structs = new Map();
function table() {
    if (parsedTable === undefined) {
        const parsed = JSON.parse(BUILTIN_TYPES);
        parsedTable = { kinds: (0,json/* asObject */.eB)((0,json.at)(parsed, 'kinds')) ?? {}, types: (0,json/* asObject */.eB)((0,json.at)(parsed, 'types')) ?? {} };
    }
    return parsedTable;
}
function structNode(name, atomic) {
    const id = atomic ? `!${name}` : name;
    const known = structs.get(id);
    if (known)
        return known;
    const node = { type: 'struct', name, atomic, fields: new LazyFields((0,json/* asObject */.eB)(table().types[name]) ?? {}) };
    structs.set(id, node);
    return node;
}
/** Decodes a field when it is first asked for: a run sees few of the types, and some refer to themselves. */
class LazyFields {
    #codes;
    #decoded = new Map();
    constructor(codes) {
        this.#codes = codes;
    }
    get(field) {
        if (this.#decoded.has(field))
            return this.#decoded.get(field);
        const code = Object.hasOwn(this.#codes, field) ? this.#codes[field] : undefined;
        const node = typeof code === 'string' ? decode(code) : undefined;
        this.#decoded.set(field, node);
        return node;
    }
}
const DROPPABLE = { type: 'droppable' };
const QUANTITY = { type: 'quantity' };
/** The codes are described in test/targets/kubernetes/compare-types/main.go. */
function decode(code) {
    switch (code[0]) {
        case 'z':
            return DROPPABLE;
        case 'q':
            return QUANTITY;
        case '.':
        case '!':
            return structNode(code.slice(1), code[0] === '!');
        case '{': {
            const atomic = code[1] === '!';
            return { type: 'map', atomic, element: decode(code.slice(atomic ? 2 : 1)) };
        }
        case '[':
            return decodeList(code.slice(1));
        default:
            return undefined;
    }
}
function decodeList(code) {
    if (code === 's')
        return { type: 'list', merge: 'set', keys: [], element: undefined };
    if (code.startsWith('m:')) {
        const [, keys = '', element = ''] = code.split(':');
        return {
            type: 'list',
            merge: 'keys',
            keys: keys.split(',').map((key) => {
                const [name = '', absent] = key.split('=');
                return absent === undefined ? { name } : { name, absent };
            }),
            element: element === '' ? undefined : structNode(element, false)
        };
    }
    const element = code.slice(1);
    return { type: 'list', merge: 'atomic', keys: [], element: element === '' ? undefined : structNode(element, false) };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/equal.js



/**
 * True when the API server would store a declared value as what is live, for values that are owned as one piece:
 * scalars, atomic lists and maps. Where it is not certain the answer is false.
 */
function storedAs(declared, live, type) {
    if (declared === live)
        return live !== undefined;
    if (live === undefined || live === null)
        return isDropped(declared, type);
    if (Array.isArray(declared)) {
        if (!Array.isArray(live) || live.length !== declared.length)
            return false;
        const element = itemType(type);
        for (let i = 0; i < declared.length; i++) {
            const item = declared[i];
            if (item === undefined || !storedAs(item, live[i], element))
                return false;
        }
        return true;
    }
    if ((0,json/* isObject */.Gv)(declared))
        return (0,json/* isObject */.Gv)(live) && storedMap(declared, live, type);
    return sameScalar(declared, live, type);
}
function storedMap(declared, live, type) {
    let found = 0;
    for (const key in declared) {
        const value = declared[key];
        if (value === undefined)
            continue;
        if (key in live)
            found++;
        if (!storedAs(value, live[key], fieldType(type, key)))
            return false;
    }
    let extra = Object.keys(live).length - found;
    if (extra === 0)
        return true;
    if (type?.type !== 'struct')
        return false;
    for (const key in live) {
        const value = live[key];
        if (key in declared || value === undefined)
            continue;
        if (!isDefault(type.name, key, value))
            return false;
        if (--extra === 0)
            break;
    }
    return true;
}
/** Equal scalars, also across `number` and `bigint`, and across spellings of a quantity. */
function sameScalar(a, b, type) {
    if (a === b)
        return true;
    if (typeof a === 'bigint' || typeof b === 'bigint')
        return isNumeric(a) && isNumeric(b) && a.toString() === b.toString();
    if (type?.type !== 'quantity')
        return false;
    return isQuantityLike(a) && isQuantityLike(b) && sameQuantity(String(a), String(b));
}
function isNumeric(value) {
    return typeof value === 'number' || typeof value === 'bigint';
}
function isQuantityLike(value) {
    return typeof value === 'string' || typeof value === 'number';
}
/**
 * True when the API server does not keep a declared value because it is empty: zero scalars of fields without a
 * pointer, empty lists and empty maps of built-in kinds. An empty struct may be kept (`emptyDir: {}`), so it is
 * never taken for dropped.
 */
function isDropped(declared, type) {
    if (type === undefined)
        return false;
    if (type.type === 'droppable')
        return declared === '' || declared === false || declared === 0;
    if (type.type === 'list')
        return Array.isArray(declared) && declared.length === 0;
    return type.type === 'map' && (0,json/* isObject */.Gv)(declared) && Object.keys(declared).length === 0;
}
/**
 * True for a field that the API server fills in inside a value that is owned as one piece, where no separate
 * ownership tells a default from a declared field.
 */
function isDefault(struct, field, value) {
    const known = DEFAULTS[struct]?.[field];
    if (known === undefined)
        return false;
    return typeof known === 'function' ? known(value) : known === value;
}
const DEFAULTS = {
    ObjectFieldSelector: { apiVersion: 'v1' },
    ResourceFieldSelector: { divisor: '0' },
    ServiceAccountTokenProjection: { expirationSeconds: 3600 },
    'networking.NetworkPolicyPort': { protocol: 'TCP' },
    'admission.RuleWithOperations': { scope: '*' },
    'admission.NamedRuleWithOperations': { scope: '*' },
    'rbac.Subject': { apiGroup: (value) => value === '' || value === 'rbac.authorization.k8s.io' },
    PersistentVolumeClaim: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        status: (value) => (0,json/* isObject */.Gv)(value) && Object.keys(value).length === 1 && value['phase'] === 'Pending'
    },
    PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
    'meta.ObjectMeta': { creationTimestamp: null }
};

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/shape.js



/**
 * What is known about the structure at one place of an object: the nodes of all `managedFields` trees there, which
 * betray how lists are merged, whatever the kind and version, and the type where the kind is a built-in one.
 */
class Shape {
    #nodes;
    type;
    /** True inside a custom resource, which is stored as it is sent, nulls and empty values included. */
    custom;
    constructor(nodes, type, custom = isCustom(type)) {
        this.#nodes = nodes;
        this.type = type;
        this.custom = custom;
    }
    child(element) {
        return new Shape((0,ownership/* childrenOf */.LU)(this.#nodes, element), typeof element === 'string' ? fieldType(this.type, element) : itemType(this.type), this.custom);
    }
    /** How the list here is merged; undefined when nothing tells. */
    list() {
        const keys = new Set();
        for (const node of this.#nodes)
            for (const name in node) {
                if (name.startsWith('v:'))
                    return { by: 'value' };
                const element = name.startsWith('k:') ? (0,ownership/* elementOf */.MC)(name) : undefined;
                if (element !== undefined && typeof element !== 'string' && 'key' in element)
                    for (const field in element.key)
                        keys.add(field);
            }
        if (this.type?.type === 'list') {
            if (this.type.merge === 'set')
                return { by: 'value' };
            if (this.type.merge === 'keys')
                return { by: 'keys', keys: this.type.keys };
            return { by: 'replacing' };
        }
        if (keys.size > 0)
            return { by: 'keys', keys: [...keys].sort().map((name) => ({ name })) };
        return this.#nodes.some(ownership/* isLeaf */.xe) ? { by: 'replacing' } : undefined;
    }
    /** True when the map here is known to be replaced as one piece. */
    replacesMap() {
        if (this.#nodes.some((node) => !(0,ownership/* isLeaf */.xe)(node)))
            return false;
        if (this.type !== undefined)
            return (this.type.type === 'struct' || this.type.type === 'map') && this.type.atomic;
        return this.#nodes.length > 0;
    }
}
/** The step to an item of a list. */
function itemElement(merge, item, index) {
    if (merge?.by === 'value' && !(0,json/* isObject */.Gv)(item) && !Array.isArray(item))
        return { value: item };
    if (merge?.by === 'keys' && (0,json/* isObject */.Gv)(item)) {
        const key = keyOf(item, merge.keys);
        if (key !== undefined)
            return { key };
    }
    return { index };
}
/** The key of an item, with what stands for absent fields; undefined for an item without any key field. */
function keyOf(item, keys) {
    const key = {};
    let found = false;
    for (const { name, absent } of keys) {
        const value = item[name] ?? absent;
        if (value === undefined)
            continue;
        key[name] = value;
        found = true;
    }
    return found ? key : undefined;
}
/** A text that is equal for steps that name the same item. */
function elementId(element) {
    if (typeof element === 'string')
        return element;
    if ('key' in element)
        return JSON.stringify(Object.keys(element.key)
            .sort()
            .map((name) => [name, String(element.key[name])]));
    return 'value' in element ? `=${JSON.stringify(element.value)}` : `#${element.index}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/local.js





/**
 * Server-side apply as far as it can be done without the API server: merged with the live object, without what we
 * own and no longer declare. Defaults and webhooks are missing from it, and lists of custom resources count as
 * replaced where nobody's ownership tells otherwise. Only for what the API server cannot be asked.
 */
function applyLocally(payload, live, own, others) {
    const shape = new Shape([own, ...others], typeOfKind(payload.apiVersion, payload.kind));
    const fields = {};
    const object = { ...live };
    for (const [field, value] of Object.entries(payload)) {
        if (field === 'apiVersion' || field === 'kind')
            continue;
        const declared = field === 'metadata' && (0,json/* isObject */.Gv)(value) ? withoutIdentity(value) : value;
        const merged = merge(declared, live[field], shape.child(field));
        put(object, field, merged.value);
        if (merged.fields !== undefined)
            fields[`f:${field}`] = merged.fields;
    }
    const pruned = prune(object, { before: own, after: fields, others, type: shape.type });
    return {
        object: { ...((0,json/* isObject */.Gv)(pruned) ? pruned : object), metadata: metadataOf(pruned, live) },
        fields
    };
}
function withoutIdentity({ name: _n, namespace: _s, ...rest }) {
    return rest;
}
function metadataOf(result, live) {
    const metadata = (0,json/* isObject */.Gv)(result) ? result['metadata'] : undefined;
    return (0,json/* isObject */.Gv)(metadata) ? { ...metadata, name: live.metadata.name } : live.metadata;
}
function merge(declared, live, shape) {
    if (Array.isArray(declared))
        return mergeList(declared, live, shape);
    if ((0,json/* isObject */.Gv)(declared))
        return mergeMap(declared, live, shape);
    // A null takes a value away, but not from maps and lists that are merged with it.
    if (declared === null)
        return { value: isMerged(live, shape) ? live : shape.custom ? null : undefined, fields: {} };
    return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} };
}
function isMerged(live, shape) {
    if (live === undefined || live === null || typeof live !== 'object' || Object.keys(live).length === 0)
        return false;
    if (Array.isArray(live))
        return shape.list()?.by === 'keys' || shape.list()?.by === 'value';
    return !shape.replacesMap();
}
function mergeMap(declared, live, shape) {
    if (shape.replacesMap())
        return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} };
    if (Object.keys(declared).length === 0)
        return { value: live ?? (shape.type?.type === 'map' ? undefined : {}), fields: {} };
    const result = { ...((0,json/* isObject */.Gv)(live) ? live : {}) };
    const fields = {};
    for (const [field, value] of Object.entries(declared)) {
        const merged = merge(value, result[field], shape.child(field));
        // An entry of a map of texts is never null: it is stored empty.
        put(result, field, value === null && isMapOfTexts(shape.type) ? '' : merged.value);
        if (merged.fields !== undefined)
            fields[`f:${field}`] = merged.fields;
    }
    return { value: result, fields: Object.keys(fields).length > 0 ? fields : undefined };
}
function isMapOfTexts(type) {
    return type?.type === 'map' && type.element === undefined;
}
function mergeList(declared, live, shape) {
    const rule = shape.list();
    if (rule === undefined || rule.by === 'replacing')
        return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} };
    const before = Array.isArray(live) ? live : [];
    if (declared.length === 0)
        return { value: live, fields: undefined };
    const counterparts = new Map(before.map((item, index) => [elementId(itemElement(rule, item, index)), item]));
    const fields = {};
    const merged = new Map();
    for (const [index, item] of declared.entries()) {
        const element = completed(itemElement(rule, item, index), rule, before);
        const id = elementId(element);
        const one = merge(item, counterparts.get(id), shape.child(element));
        merged.set(id, one.value ?? item);
        fields[fieldsKey(element)] = rule.by === 'keys' ? { '.': {}, ...one.fields } : {};
    }
    return { value: inMergedOrder(before, rule, merged), fields };
}
/**
 * The step to a declared item that leaves a key to its default, as definitions of custom resources may have one: the
 * one live item that has all the keys it names.
 */
function completed(element, rule, live) {
    if (rule.by !== 'keys' || typeof element === 'string' || !('key' in element))
        return element;
    const named = Object.entries(element.key);
    if (named.length === rule.keys.length)
        return element;
    const candidates = live.filter((item) => (0,json/* isObject */.Gv)(item) && named.every(([name, value]) => item[name] === value));
    const [only] = candidates;
    return candidates.length === 1 && only !== undefined ? itemElement(rule, only, 0) : element;
}
/** Items of others keep their places, ours come in their declared order (structured-merge-diff's rule). */
function inMergedOrder(before, rule, merged) {
    const result = [];
    const left = new Map(merged);
    const shared = new Set(before.map((item, index) => elementId(itemElement(rule, item, index))));
    const takeUntilShared = () => {
        for (const [id, item] of left) {
            if (shared.has(id))
                return;
            result.push(item);
            left.delete(id);
        }
    };
    for (const [index, item] of before.entries()) {
        const id = elementId(itemElement(rule, item, index));
        if (!merged.has(id)) {
            result.push(item);
            continue;
        }
        takeUntilShared();
        const next = left.entries().next();
        if (next.done)
            continue;
        result.push(next.value[1]);
        left.delete(next.value[0]);
    }
    result.push(...left.values());
    return result;
}
function fieldsKey(element) {
    if (typeof element === 'string')
        return `f:${element}`;
    if ('key' in element)
        return `k:${JSON.stringify(Object.fromEntries(Object.entries(element.key).sort(([a], [b]) => (a < b ? -1 : 1))))}`;
    return 'value' in element ? `v:${JSON.stringify(element.value)}` : `i:${element.index}`;
}
/** Without what we owned, own no longer, and nobody else owns. */
function prune(value, trees) {
    const { before, type } = trees;
    if (Array.isArray(value)) {
        const rule = new Shape([before, ...trees.others], type).list();
        return value.flatMap((item, index) => {
            const kept = pruneItem(item, below(trees, itemElement(rule, item, index)));
            return kept === undefined ? [] : [kept];
        });
    }
    if (!(0,json/* isObject */.Gv)(value))
        return value;
    const result = { ...value };
    for (const field of Object.keys(value)) {
        const inside = below(trees, field);
        if (inside !== undefined)
            put(result, field, pruneField(value[field], inside));
    }
    return result;
}
/** The same one step below; undefined where we owned nothing. */
function below(trees, element) {
    const before = (0,ownership/* childOf */.GG)(trees.before, element);
    return (before && {
        before,
        after: (0,ownership/* childOf */.GG)(trees.after, element),
        others: (0,ownership/* childrenOf */.LU)(trees.others, element),
        type: typeof element === 'string' ? fieldType(trees.type, element) : itemType(trees.type)
    });
}
function pruneItem(item, trees) {
    if (trees === undefined)
        return item;
    // An item goes with its owner, even if somebody else set fields of it: they do not own its existence.
    if (trees.after === undefined && (0,ownership/* isMember */.NB)(trees.before) && !trees.others.some(ownership/* isMember */.NB))
        return undefined;
    return pruneField(item, trees);
}
function pruneField(value, trees) {
    const { before, after, others, type } = trees;
    // A field goes with all that is inside, defaults that nobody owns included.
    if (after === undefined && others.length === 0)
        return undefined;
    // The entries of free-form maps go with the map as items go with their list.
    if (after === undefined && type === undefined && (0,ownership/* isMember */.NB)(before) && !others.some(ownership/* isMember */.NB))
        return undefined;
    return (0,ownership/* isLeaf */.xe)(before) ? value : prune(value, trees);
}
function put(target, field, value) {
    if (value === undefined)
        delete target[field];
    else
        target[field] = value;
}

// EXTERNAL MODULE: ./src/targets/kubernetes/compare/refusal.js
var compare_refusal = __webpack_require__(890);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/predict.js






/** Dry runs force: who would be overruled is read from the live object. */
async function predict(cluster, { payload }) {
    const predicted = await cluster.apply(payload, { dryRun: true, force: true });
    return { predicted, owned: (0,ownership/* ownEntry */.Pl)((0,ownership/* managedEntries */.mz)(predicted))?.fields ?? ownership/* NO_FIELDS */.eL };
}
/**
 * Adoption is a write of its own before the apply, which no dry run of the apply can know. So the apply is done
 * locally on what adoption makes ours, and the API server is asked to complete and judge its result.
 */
async function predictAdopted(cluster, subject) {
    try {
        return await predictHere(cluster, subject);
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code === 409 || (0,compare_refusal/* refusalOf */.O)(error).type !== 'other')
            throw error;
        // Roles may allow to apply but not to update, and what was merged locally may be wrong: the apply alone still
        // shows what the declaration changes, if not what goes with the other tool's ownership.
        return await predict(cluster, subject);
    }
}
/** The result of a local apply, completed and judged by the API server. */
async function predictHere(cluster, subject) {
    const { object, fields } = applyHere(subject);
    const path = (0,paths/* objectPath */.du)(subject.resource, object.metadata.name, (0,manifest/* namespaceOf */.N6)(object));
    const predicted = await cluster.request('PUT', `${path}?dryRun=All&fieldManager=${kubernetes_cluster/* FIELD_MANAGER */.vy}`, object);
    return { predicted: { ...object, ...predicted }, owned: fields };
}
function applyHere({ payload, live, own, others }) {
    return applyLocally(payload, live, own, others.map((entry) => entry.fields));
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/payload.js



/** Metadata that only the API server writes. Manifests that were dumped from a cluster carry it. */
const SERVER_METADATA = [
    'creationTimestamp',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid'
];

/** Annotations that are rewritten as a side effect of other changes: kubectl's copy of the object, a counter of the API server. */
const BOOKKEEPING = new Set([ownership/* LAST_APPLIED */.jS, 'deprecated.daemonset.template.generation']);
/**
 * The object to send for a declared one: without what only the API server writes (`status` of kinds that keep it
 * apart, server metadata, kubectl's bookkeeping), and with a Secret's `stringData` folded into `data`, since the API
 * server records ownership of what was sent, not of what it stores (kubernetes/kubernetes#108008). Answers the same
 * object where there is nothing to do; never changes its argument.
 */
function payloadOf(object, resource) {
    let payload = object;
    const metadata = cleanMetadata(object.metadata);
    if (metadata !== object.metadata)
        payload = { ...payload, metadata };
    if ('status' in payload && (resource === undefined || resource.subresources.includes('status'))) {
        const { status: _, ...rest } = payload;
        payload = rest;
    }
    if (payload.kind === 'Secret' && payload.apiVersion === 'v1' && 'stringData' in payload)
        payload = foldSecret(payload);
    return payload;
}
function cleanMetadata(metadata) {
    const annotations = (0,json/* asObject */.eB)(metadata['annotations']);
    const bookkeeping = annotations !== undefined && ownership/* LAST_APPLIED */.jS in annotations;
    if (!bookkeeping && !SERVER_METADATA.some((field) => field in metadata))
        return metadata;
    const clean = { ...metadata };
    for (const field of SERVER_METADATA)
        delete clean[field];
    if (bookkeeping) {
        const { [ownership/* LAST_APPLIED */.jS]: _, ...rest } = annotations;
        if (Object.keys(rest).length > 0)
            clean['annotations'] = rest;
        else
            delete clean['annotations'];
    }
    return clean;
}
function foldSecret(secret) {
    const { stringData, ...rest } = secret;
    const texts = (0,json/* asObject */.eB)(stringData);
    // What is no map of strings is left for the API server to refuse in its own words.
    if (stringData !== null && (texts === undefined || Object.values(texts).some((text) => typeof text !== 'string')))
        return secret;
    const data = { ...(0,json/* asObject */.eB)(secret['data']) };
    for (const [key, text] of Object.entries(texts ?? {}))
        data[key] = external_node_buffer_.Buffer.from(String(text), 'utf8').toString('base64');
    if (Object.keys(data).length === 0)
        return rest;
    return { ...rest, data };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/copied.js




/**
 * What kubectl applied on the client's side, by the copy that it keeps in an annotation (the annotation included, which
 * nobody needs any more once the object is ours). Undefined where there is none, or none of this version.
 */
function copiedFields(live, resource) {
    const annotations = live.metadata['annotations'];
    const text = (0,json/* isObject */.Gv)(annotations) ? annotations[ownership/* LAST_APPLIED */.jS] : undefined;
    const copy = typeof text === 'string' ? parsed(text) : undefined;
    if (copy === undefined || copy['apiVersion'] !== live.apiVersion || copy['kind'] !== live.kind)
        return undefined;
    const metadata = (0,json/* isObject */.Gv)(copy['metadata']) ? copy['metadata'] : {};
    const object = { ...copy, metadata: { ...metadata, name: live.metadata.name } };
    const payload = withoutEmpty(payloadOf(object, resource));
    const { fields } = applyLocally(payload, live, {}, []);
    return (0,ownership/* union */.KC)(fields, { 'f:metadata': { 'f:annotations': { [`f:${ownership/* LAST_APPLIED */.jS}`]: {} } } });
}
function parsed(text) {
    try {
        const value = (0,json/* parseJson */.qF)(text);
        return (0,json/* isObject */.Gv)(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Whoever owned an empty map would take with it what others have put there. */
function withoutEmpty(object) {
    const entries = Object.entries(object).flatMap(([key, value]) => {
        if (!(0,json/* isObject */.Gv)(value))
            return [[key, value]];
        const inner = withoutEmpty(value);
        return Object.keys(inner).length > 0 ? [[key, inner]] : [];
    });
    return Object.fromEntries(entries);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/writers.js



/**
 * The field manager under which fields that others added are removed again. A write of its own may own what the API
 * server then fills in, which must not look like somebody's addition.
 */
const REVERT_MANAGER = 'gitops-actions-revert';
/**
 * The rule by which a field that another manager wrote into our object is no change by anybody: the name of the
 * rule, or undefined when there is none.
 */
function knownWriter(entry, path, live) {
    const isSystem = (0,ownership/* isSystemComponent */.ri)(entry.manager);
    if (isSystem && !isContent(path, live))
        return 'kubernetes-component';
    if (entry.manager === REVERT_MANAGER)
        return 'defaults-after-revert';
    if (entry.manager === ownership/* UNRECORDED */.ce)
        return isKey(path, live) ? undefined : 'unrecorded';
    if (path[0] === 'metadata' && path[1] === 'annotations' && BOOKKEEPING.has(String(path[2])))
        return 'bookkeeping';
    if (JOB_LABELS.test(String(path[2] ?? '')) && live.kind === 'Job' && path[1] === 'labels')
        return 'kubernetes-component';
    const rule = ruleFor(entry, path, live);
    if (rule !== undefined)
        return rule;
    if (!isSystem && entry.operation === 'Update' && isOwnController(entry.manager, live))
        return 'own-controller';
    return undefined;
}
/**
 * Declared fields that a known writer keeps at a value of its own, each with the rule: an authority that is injected
 * where a chart has a placeholder, the rules of a ClusterRole that Kubernetes collects. Putting them back would start a
 * fight, and break what works until it is lost again.
 */
function writtenByControllers(declared, live, entries) {
    const found = new Map();
    if (declared.kind === 'ClusterRole' && (0,json/* isObject */.Gv)(declared['aggregationRule']) && live['rules'] !== undefined) {
        const { manager } = entries.find((entry) => 'f:rules' in entry.fields && (0,ownership/* isSystemComponent */.ri)(entry.manager)) ?? {};
        found.set('rules', { path: 'rules', manager: manager ?? AGGREGATION, rule: 'aggregated-cluster-role' });
    }
    for (const entry of entries) {
        // What is written to the status is declared nowhere.
        if (entry.subresource === 'status' || rulesOf(entry.manager).length === 0)
            continue;
        for (const path of (0,ownership/* members */.ol)(entry.fields)) {
            const rule = ruleFor(entry, path, live);
            if (rule === undefined || typeof path.at(-1) !== 'string' || (0,ownership/* valueAt */.fK)(declared, path) === undefined)
                continue;
            const text = (0,ownership/* printPath */.bA)(path);
            found.set(text, { path: text, manager: entry.manager, rule });
        }
    }
    return [...found.values()];
}
const AGGREGATION = 'clusterrole-aggregation-controller';
/** Keys that nothing fills in: of all that nobody is on record for, these alone are certain to be somebody's. */
function isKey([first, ...below], live) {
    if (live.apiVersion !== 'v1' || (live.kind !== 'ConfigMap' && live.kind !== 'Secret'))
        return false;
    return below.length > 0 && (first === 'data' || first === 'binaryData') && isContent([first], live);
}
/** What an object without any record of owners holds for certain in the name of nobody we know. */
function unrecordedKeys(live) {
    const fields = Object.fromEntries(['data', 'binaryData'].flatMap((name) => {
        const keys = (0,json/* isObject */.Gv)(live[name]) ? Object.keys(live[name]).filter((key) => isKey([name, key], live)) : [];
        return keys.length > 0 ? [[`f:${name}`, Object.fromEntries(keys.map((key) => [`f:${key}`, {}]))]] : [];
    }));
    return { manager: ownership/* UNRECORDED */.ce, operation: 'Update', apiVersion: live.apiVersion, fields };
}
/**
 * Whether a path lies in what only people declare. Kubernetes' own components never write there; whoever does so in
 * the name of one hides. (The token of a service account is theirs.)
 */
function isContent(path, live) {
    const [first, second] = path;
    if (live['type'] === 'kubernetes.io/service-account-token')
        return false;
    if (first === 'spec')
        return second === 'template' || second === 'jobTemplate';
    return typeof first === 'string' && CONTENT.has(first);
}
const CONTENT = new Set([
    'data',
    'binaryData',
    'rules',
    'aggregationRule',
    'roleRef',
    'subjects',
    'webhooks'
]);
/** The API server gives a Job the labels of its pods when it has none, in the name of whoever took its last one. */
const JOB_LABELS = /^(batch\.kubernetes\.io\/.*|controller-uid|job-name)$/;
const annotation = (prefix) => (path) => path[0] === 'metadata' && (path[1] === 'annotations' || path[1] === 'labels') && prefix.test(String(path[2] ?? ''));
const replicas = (path) => path[0] === 'spec' && path[1] === 'replicas';
/** A webhook fails open until it works. Only closing it is its controller's work: who opens one lets everything pass. */
const isClosing = (path, live) => path[0] === 'webhooks' && path.at(-1) === 'failurePolicy' && (0,ownership/* valueAt */.fK)(live, path) === 'Fail';
const isAuthority = (path) => path.at(-1) === 'caBundle';
/** The name of the rule that knows who wrote a field. */
function ruleFor(entry, path, live) {
    return rulesOf(entry.manager).find((one) => one.writes(path, entry, live))?.name;
}
/** The same few managers write to all objects. */
function rulesOf(manager) {
    const known = rulesByManager.get(manager);
    if (known)
        return known;
    const rules = RULES.filter((one) => one.manager.test(manager));
    rulesByManager.set(manager, rules);
    return rules;
}
const rulesByManager = new Map();
/** Writers that are known to complete objects of others, and exactly what they write. */
const RULES = [
    {
        name: 'autoscaler',
        manager: /^(keda(-operator)?|keda-.*|hpa-controller|cluster-proportional-autoscaler)$/,
        writes: replicas
    },
    {
        name: 'vertical-pod-autoscaler',
        manager: /^vpa-.*|^(recommender|updater|admission-controller)$/,
        writes: (path) => path.includes('resources') || annotation(/^vpa/)(path)
    },
    {
        name: 'cert-manager',
        manager: /^(cert-manager.*|cainjector)$/,
        writes: (path) => isAuthority(path) || annotation(/^(cert-manager\.io|acme\.cert-manager\.io)\//)(path)
    },
    {
        name: 'istio',
        manager: /^(pilot-discovery|istiod|istio-operator)$/,
        writes: (path, _entry, live) => isAuthority(path) || isClosing(path, live)
    },
    {
        name: 'linkerd',
        manager: /^linkerd.*/,
        writes: (path) => isAuthority(path) || annotation(/linkerd\.io\//)(path)
    },
    {
        name: 'kyverno',
        manager: /^(kyverno.*|background-controller|reports-controller|cleanup-controller)$/,
        writes: (path) => isAuthority(path) || annotation(/kyverno\.io\//)(path)
    },
    {
        // Jobs of charts and webhooks that make their own certificate.
        name: 'webhook-certificate',
        manager: /^(kube-webhook-certgen|.*-certgen|.*cert-controller|gatekeeper.*|external-secrets.*|vault-k8s|consul-k8s.*|webhook|.*-webhook|.*-webhook-.*|keda-.*|.*-operator|.*-controller|.*-controller-manager|manager)$/,
        writes: (path, { operation }) => operation === 'Update' && isAuthority(path)
    },
    {
        name: 'webhook-certificate',
        manager: /^kube-webhook-certgen$/,
        writes: (path, _entry, live) => isClosing(path, live)
    },
    {
        name: 'rancher',
        manager: /^rancher$/,
        writes: (path, entry) => entry.operation === 'Update' && annotation(/^(field|management|lifecycle|objectset\.rio)\.cattle\.io\//)(path)
    },
    {
        name: 'load-balancer-controller',
        manager: /^(controller|aws-load-balancer-controller|service-lb-controller|metallb.*|cilium-operator.*)$/,
        writes: (path) => path[0] === 'metadata' && path[1] === 'finalizers'
    }
];
/**
 * True for the controller of the object: it writes the object's status, and no person's tool does that under the
 * same name. Operators complete the objects they work on (finalizers, defaults, bookkeeping annotations).
 */
function isOwnController(manager, live) {
    if ((0,ownership/* managerKind */.ax)(manager, 'Update') !== 'system')
        return false;
    const entries = (0,json/* asList */.DD)((0,json.at)(live, 'metadata', 'managedFields')) ?? [];
    return entries.some((raw) => {
        const entry = (0,json/* asObject */.eB)(raw);
        return ((0,json/* asString */.oJ)(entry?.['manager']) === manager &&
            (entry?.['subresource'] === 'status' || (0,json.at)(entry, 'fieldsV1', 'f:status') !== undefined));
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/foreign.js




/**
 * Fields that others put into our object and that we do not declare: what no dry run shows, since applying leaves
 * them alone. `owned` is what we own once the declaration is applied.
 */
function foreignFields(payload, live, owned, entries, options) {
    const found = new Map();
    for (const entry of entries) {
        if ((0,ownership/* isApplyOf */.e5)(entry, kubernetes_cluster/* FIELD_MANAGER */.vy))
            continue;
        for (const { path, value } of additions(entry.fields, owned, payload, live)) {
            const text = (0,ownership/* printPath */.bA)(path);
            const known = found.get(text);
            if (known)
                known.writers.push(entry);
            else
                found.set(text, { path, value, writers: [entry] });
        }
    }
    const fields = [];
    const recognised = [];
    for (const [text, { path, value, writers }] of found) {
        const unknown = [];
        for (const entry of writers) {
            if (options.ignores(path, entry.manager))
                continue;
            const rule = knownWriter(entry, path, live);
            if (rule === undefined)
                unknown.push(entry);
            else
                recognised.push({ path: text, manager: entry.manager, rule });
        }
        const [first] = unknown;
        if (first === undefined)
            continue;
        const newest = unknown.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a), first);
        fields.push({
            path: text,
            location: path,
            before: options.mask(path, value),
            after: { type: 'absent' },
            attribution: newest.manager === ownership/* UNRECORDED */.ce ? { known: false, candidates: [] } : { known: true, ...(0,ownership/* actorOf */.dn)(newest) }
        });
    }
    return { fields: withoutNested(fields), recognised };
}
function* additions(theirs, ours, declared, live, path = []) {
    for (const [element, node] of (0,ownership/* children */.Y_)(theirs)) {
        // Status is its controller's, unless we declare some of it (kinds that do not keep it apart).
        if (path.length === 0 && element === 'status' && !('status' in declared))
            continue;
        const value = (0,ownership/* childValue */.EK)(live, element);
        if (value === undefined || value === null)
            continue;
        const inside = [...path, element];
        yield* additionsAt(element, node, (0,ownership/* childOf */.GG)(ours, element), (0,ownership/* childValue */.EK)(declared, element), value, inside, declared);
    }
}
function* additionsAt(element, theirs, ours, declared, value, path, 
/** What is declared beside it. */
siblings) {
    if (ours !== undefined && (0,ownership/* isLeaf */.xe)(ours) && !isEmpty(declared))
        return; // Ours as one piece, whoever else owns it.
    if (ours === undefined && ((0,ownership/* isLeaf */.xe)(theirs) || (typeof element !== 'string' && (0,ownership/* isMember */.NB)(theirs)))) {
        // An item or a field that is theirs alone: shown whole.
        if (!isKeyOf(element, path) && !isAlias(element, value, siblings))
            yield { path, value };
        return;
    }
    for (const [below, node] of (0,ownership/* children */.Y_)(theirs)) {
        const inner = (0,ownership/* childValue */.EK)(value, below);
        if (inner === undefined || inner === null)
            continue;
        yield* additionsAt(below, node, (0,ownership/* childOf */.GG)(ours, below), declaredAt(declared, below), inner, [...path, below], declared);
    }
}
/** The fields by which an item is known belong to the item, whoever wrote them down. */
function isKeyOf(element, path) {
    const parent = path.at(-2);
    return typeof element === 'string' && typeof parent === 'object' && 'key' in parent && element in parent.key;
}
/**
 * The old name of a pod's `serviceAccountName`: the API server writes it after the new one, which is declared, so it
 * cannot be taken away, and says nothing of its own.
 */
function isAlias(element, value, siblings) {
    if (element !== 'serviceAccount' || typeof value !== 'string')
        return false;
    return typeof (0,ownership/* childValue */.EK)(siblings, 'serviceAccountName') === 'string';
}
function declaredAt(declared, element) {
    const direct = (0,ownership/* childValue */.EK)(declared, element);
    if (direct !== undefined || typeof element === 'string' || !('key' in element) || !Array.isArray(declared))
        return direct;
    // A key that the declaration leaves to its default (`protocol`) is absent there.
    return declared.find((item) => (0,json/* isObject */.Gv)(item) && Object.entries(element.key).every(([name, value]) => (item[name] ?? value) === value));
}
/** An empty or null value owns its place as a leaf, but what others put into it is theirs. */
function isEmpty(value) {
    if (value === null)
        return true;
    return (0,json/* isObject */.Gv)(value) && Object.keys(value).length === 0;
}
/** Without fields inside an item that is listed itself (several managers own parts of it). */
function withoutNested(fields) {
    const listed = new Set(fields.map((field) => field.path));
    return fields.filter(({ location }) => {
        for (let depth = 1; depth < location.length; depth++)
            if (listed.has((0,ownership/* printPath */.bA)(location.slice(0, depth))))
                return false;
        return true;
    });
}
/**
 * A JSON patch that takes fields which others added out of a live object again, to be written under
 * `REVERT_MANAGER`. It fails if the object has changed since.
 */
function removalPatch(live, fields) {
    const pointers = withEmptied(live, fields)
        .map((location) => pointerTo(live, location))
        .filter((pointer) => pointer !== undefined)
        .sort(fromTheEnd);
    return [
        { op: 'test', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null },
        ...pointers.map((pointer) => ({
            op: 'remove',
            path: pointer.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
        }))
    ];
}
/**
 * Where to remove: what would be left of a map or list that nobody else has any part in goes with it. Custom resources
 * would keep it, empty, in the name of whoever made it; and defaults alone need not be valid (a probe without a handler).
 */
function withEmptied(live, fields) {
    const entries = (0,ownership/* managedEntries */.mz)(live);
    const own = (0,ownership/* ownEntry */.Pl)(entries)?.fields;
    const removed = new Map(fields.map(({ location }) => [(0,ownership/* printPath */.bA)(location), location]));
    if (own === undefined)
        return [...removed.values()]; // nothing tells what belongs to whom
    const isRemoved = (path) => removed.has((0,ownership/* printPath */.bA)(path));
    const open = [...removed.values()];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
        const parent = path.slice(0, -1);
        if (parent.length === 0 || (0,ownership/* nodeAt */.oB)(own, parent) !== undefined || typeof parent.at(-1) !== 'string')
            continue;
        const steps = partsOf((0,ownership/* valueAt */.fK)(live, parent), path);
        const isNobodys = (step) => entries.every((entry) => (0,ownership/* coverage */.vk)(entry.fields, [...parent, step]) === undefined);
        if (!steps?.every((step) => isRemoved([...parent, step]) || isNobodys(step)))
            continue;
        for (const step of steps)
            removed.delete((0,ownership/* printPath */.bA)([...parent, step]));
        removed.set((0,ownership/* printPath */.bA)(parent), parent);
        open.push(parent);
    }
    return [...removed.values()];
}
/** The steps to everything in a map or list, named as `path` names one of them. */
function partsOf(value, path) {
    if ((0,json/* isObject */.Gv)(value))
        return Object.keys(value);
    const last = path.at(-1);
    if (!Array.isArray(value) || typeof last !== 'object' || 'index' in last)
        return undefined;
    if ('value' in last)
        return value.map((item) => ({ value: item }));
    const names = Object.keys(last.key);
    return value.map((item) => ({
        key: Object.fromEntries(names.map((name) => [name, ((0,json/* isObject */.Gv)(item) ? item[name] : undefined) ?? null]))
    }));
}
function pointerTo(live, path) {
    const pointer = [];
    let value = live;
    for (const element of path) {
        const next = (0,ownership/* childValue */.EK)(value, element);
        if (next === undefined)
            return undefined;
        pointer.push(typeof element === 'string' ? element : Array.isArray(value) ? value.indexOf(next) : -1);
        value = next;
    }
    return pointer;
}
/** Later items of a list first, so that earlier removals do not move them. */
function fromTheEnd(a, b) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
        const [x, y] = [a[i], b[i]];
        if (x === y)
            continue;
        if (typeof x === 'number' && typeof y === 'number')
            return y - x;
        return String(x) < String(y) ? -1 : 1;
    }
    return b.length - a.length;
}

// EXTERNAL MODULE: ./src/targets/kubernetes/compare/pattern.js + 3 modules
var compare_pattern = __webpack_require__(3356);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/settle.js





/**
 * The declared value with everything that a pattern selects taken out of dispute (see `withoutIgnored`). Undefined
 * when nothing is left of it. Never changes its arguments.
 */
function settlePattern(pattern, place) {
    const [step, ...rest] = pattern;
    if (step === undefined)
        return settle(place);
    const { declared, live } = place;
    if (step.step === 'when') {
        const value = live ?? declared;
        return value !== undefined && step.holds(value) ? settlePattern(rest, place) : declared;
    }
    if (Array.isArray(declared) || Array.isArray(live))
        return mapItems(place, 'as declared', (at, item, index) => {
            if (!(0,compare_pattern/* matchesItem */.Ve)(step, item, index))
                return at.declared;
            // An item that is new is sent as it is declared: its fields have no live values yet.
            return at.live === undefined && !(0,compare_pattern/* isAtEnd */.B6)(rest) ? at.declared : settlePattern(rest, at);
        });
    if (!(0,json/* isObject */.Gv)(declared) && !(0,json/* isObject */.Gv)(live))
        return declared;
    if (step.step === 'field' && isUnchanged(place, step.name, rest))
        return declared;
    return mapFields(place, (at, field) => ((0,compare_pattern/* matchesField */.q1)(step, field) ? settlePattern(rest, at) : at.declared));
}
/** Whether a pattern changes nothing of what is sent in a field, which is so for most objects and rules. */
function isUnchanged(place, field, rest) {
    const { declared, live, shape, piece } = place;
    if (piece || (declared !== undefined && shape.replacesMap()))
        return false;
    const before = (0,json/* isObject */.Gv)(declared) ? declared[field] : undefined;
    const at = { ...settle_below(place, field, false), declared: before, live: (0,json/* isObject */.Gv)(live) ? live[field] : undefined };
    return settlePattern(rest, at) === before;
}
/** An ignored value: what others own is not sent; else what is live, as far as it is declared or ours. */
function settle(place) {
    const { declared, live, own, others, shape } = place;
    if (place.piece)
        return live;
    // The API server dropped an empty value that we sent: sending it again is what keeps our ownership as it is.
    if (live === undefined)
        return own !== undefined && (0,ownership/* isLeaf */.xe)(own) && declared !== undefined && isDropped(declared, shape.type)
            ? declared
            : undefined;
    const parted = [own, ...others].some((node) => node !== undefined && !(0,ownership/* isLeaf */.xe)(node));
    if ((0,json/* isObject */.Gv)(live) && (parted || ((0,json/* isObject */.Gv)(declared) && !shape.replacesMap())))
        return mapFields(place, (at) => settle(at));
    if (Array.isArray(live) && (parted || isParted(shape.list())))
        return mapItems(place, 'as live', (at) => settle(at));
    if (others.some(ownership/* isMember */.NB))
        return undefined;
    return declared !== undefined || own !== undefined ? live : undefined;
}
/**
 * Maps the fields that are declared or ours. The empty map that results from a non-empty one is left out, unless the
 * map itself is ours (free-form ones are): whoever gives that up takes the entries of others with it.
 */
function mapFields(place, map) {
    const inPiece = place.piece || (place.declared !== undefined && place.shape.replacesMap());
    const declared = (0,json/* isObject */.Gv)(place.declared) ? place.declared : {};
    const live = (0,json/* isObject */.Gv)(place.live) ? place.live : {};
    const owned = Object.keys(place.own ?? {}).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : []));
    const result = {};
    let changed = false;
    for (const field of new Set([...Object.keys(declared), ...owned, ...(inPiece ? Object.keys(live) : [])])) {
        const before = declared[field];
        const at = { ...settle_below(place, field, inPiece), declared: before, live: live[field] };
        const after = map(at, field);
        if (after !== undefined)
            result[field] = after;
        if (after !== before)
            changed = true;
    }
    if (!changed)
        return place.declared;
    // Inside a piece an empty map is not the same as none: a selector without labels selects everything.
    const kept = (0,json/* isObject */.Gv)(place.live) && (inPiece || (place.own !== undefined && (0,ownership/* isMember */.NB)(place.own)));
    return Object.keys(result).length > 0 || kept ? result : undefined;
}
/**
 * Maps the items that are declared, ours, or live in a piece. `as live`: the order is ignored with the list; else
 * items come in the order of the declaration, further ones where they live among them.
 */
function mapItems(place, order, map) {
    const declared = Array.isArray(place.declared) ? place.declared : [];
    const live = Array.isArray(place.live) ? place.live : [];
    const merge = place.shape.list();
    const inPiece = place.piece || (place.declared !== undefined && !isParted(merge));
    const here = itemsOf(declared, merge);
    const there = itemsOf(live, merge);
    const further = [...there.keys()].filter((id) => {
        const element = there.get(id)?.element;
        return !here.has(id) && (inPiece || (element !== undefined && (0,ownership/* childOf */.GG)(place.own, element) !== undefined));
    });
    const wanted = amongTheirNeighbours([...here.keys()], further, [...there.keys()]);
    if (order === 'as live')
        wanted.sort((a, b) => rank(a, there, live.length) - rank(b, there, live.length));
    const result = [];
    for (const id of wanted) {
        const [own, counterpart] = [here.get(id), there.get(id)];
        const element = own?.element ?? counterpart?.element;
        if (element === undefined)
            continue;
        const at = { ...settle_below(place, element, inPiece), declared: own?.item, live: counterpart?.item };
        const item = map(at, counterpart?.item ?? own?.item, counterpart?.index ?? own?.index ?? 0);
        const after = withKeys(item, at, merge);
        if (after !== undefined)
            result.push(after);
    }
    const changed = result.length !== declared.length || result.some((item, index) => item !== declared[index]);
    return changed || place.declared === undefined ? emptied(result, place.declared) : place.declared;
}
/** A list that nothing is left of is not sent at all, unless it was empty before. */
function emptied(result, declared) {
    return result.length > 0 || declared !== undefined ? result : undefined;
}
/** Declared items in their order, further live ones each behind what it stands behind: they must not seem to move. */
function amongTheirNeighbours(declared, further, live) {
    const wanted = [...declared];
    for (const id of further) {
        const before = live.slice(0, live.indexOf(id)).findLast((one) => wanted.includes(one));
        wanted.splice(before === undefined ? 0 : wanted.indexOf(before) + 1, 0, id);
    }
    return wanted;
}
function itemsOf(list, merge) {
    const items = new Map();
    for (const [index, item] of list.entries()) {
        const element = itemElement(merge, item, index);
        // Items that cannot be told apart stay as they are; the API server has its own opinion of them.
        const id = elementId(element);
        items.set(items.has(id) ? `${id}#${index}` : id, { element, item, index });
    }
    return items;
}
function rank(id, live, last) {
    return live.get(id)?.index ?? last;
}
function isParted(merge) {
    return merge?.by === 'keys' || merge?.by === 'value';
}
/** Items keep the fields that they are known by, unless a default stands for them. */
function withKeys(item, at, merge) {
    const before = at.declared ?? at.live;
    if (merge?.by !== 'keys' || !(0,json/* isObject */.Gv)(item) || !(0,json/* isObject */.Gv)(before))
        return item;
    const missing = merge.keys.filter(({ name }) => !(name in item) && name in before && (at.own === undefined || (0,ownership/* childOf */.GG)(at.own, name) !== undefined));
    if (missing.length === 0)
        return item;
    return { ...Object.fromEntries(missing.map(({ name }) => [name, before[name] ?? null])), ...item };
}
function settle_below(place, element, piece) {
    return {
        own: (0,ownership/* childOf */.GG)(place.own, element),
        others: (0,ownership/* childrenOf */.LU)(place.others, element),
        shape: place.shape.child(element),
        piece
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/ignore.js








/** Ignore rules, read once for all objects of a run. */
class IgnoreRules {
    #rules;
    /** @throws GitOpsError for a pointer that cannot be read */
    constructor(rules) {
        this.#rules = rules.map(compile);
    }
    /**
     * What is ignored in an object; undefined for nothing.
     * @param known paths, as reports print them, that are ignored in this object besides
     */
    for(object, entries, known = []) {
        const rules = this.#rules.filter((rule) => rule.matches(object));
        if (rules.length === 0 && known.length === 0)
            return undefined;
        const patterns = [
            ...rules.flatMap((rule) => rule.patterns).flatMap((one) => [one, ...asStored(one, object)]),
            ...known.flatMap(compare_pattern/* parsePatterns */.Z7)
        ];
        // "*" means everybody else: what we ignored of ourselves would be taken back.
        const ignored = entries.filter((entry) => !(0,ownership/* isApplyOf */.e5)(entry, kubernetes_cluster/* FIELD_MANAGER */.vy) && rules.some((rule) => rule.manager?.test(entry.manager)));
        return {
            patterns,
            entries: ignored,
            covers(path, ...roots) {
                if (patterns.some((pattern) => roots.some((root) => (0,compare_pattern/* covers */.hU)(pattern, path, root))))
                    return true;
                return ignored.some((entry) => ['exact', 'inside'].includes((0,ownership/* coverage */.vk)(entry.fields, path) ?? ''));
            }
        };
    }
    /** True when a rule names this manager for this object. */
    ignoresManager(object, manager) {
        return this.#rules.some((rule) => rule.manager?.test(manager) === true && rule.matches(object));
    }
}
/**
 * The payload with everything ignored taken out of dispute: an ignored field that nobody else owns is sent with its
 * live value, so that applying does not reset it by leaving it out; one that another manager owns is not sent.
 */
function withoutIgnored(payload, live, ignored, own, others) {
    const shape = new Shape([own, ...others.map((entry) => entry.fields)], typeOfKind(payload.apiVersion, payload.kind));
    const trees = others.map((entry) => entry.fields);
    let result = payload;
    for (const pattern of ignored.patterns)
        result = settlePattern(pattern, { declared: result, live, own, others: trees, shape, piece: false }) ?? result;
    for (const entry of ignored.entries)
        for (const path of (0,ownership/* members */.ol)(entry.fields))
            result = strip(result, path, entry.fields) ?? result;
    if (result === payload)
        return payload;
    return (0,json/* isObject */.Gv)(result) ? { ...result, metadata: identified(result, payload) } : payload;
}
/** Name and namespace are no fields that could be ignored. */
function identified(result, payload) {
    const metadata = (0,json/* isObject */.Gv)(result['metadata']) ? result['metadata'] : {};
    const { name, namespace } = payload.metadata;
    return { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) };
}
/** `declared` without the scalar or atomic value at a path; items of lists and their keys stay. */
function strip(declared, path, node) {
    const [element, ...rest] = path;
    if (element === undefined || declared === undefined)
        return declared;
    const below = (0,ownership/* childOf */.GG)(node, element);
    if (typeof element === 'string') {
        if (!(0,json/* isObject */.Gv)(declared) || !(element in declared))
            return declared;
        if (rest.length > 0)
            return { ...declared, [element]: strip(declared[element], rest, below) ?? null };
        if (below === undefined || !(0,ownership/* isMember */.NB)(below) || Object.keys(below).length > 0)
            return declared;
        const { [element]: _, ...kept } = declared;
        return kept;
    }
    if (!Array.isArray(declared) || !('key' in element) || rest.length === 0)
        return declared;
    const key = element.key;
    if (typeof rest[0] === 'string' && rest.length === 1 && rest[0] in key)
        return declared;
    return declared.map((item) => (0,json/* isObject */.Gv)(item) && Object.entries(key).every(([name, value]) => (item[name] ?? value) === value)
        ? (strip(item, rest, (0,ownership/* asNode */.hK)(below)) ?? item)
        : item);
}
/** A Secret's `stringData` is sent and stored as `data` (see `payloadOf`). */
function asStored(pattern, object) {
    if (object.kind !== 'Secret' || object.apiVersion !== 'v1')
        return [];
    const at = pattern.findIndex((step) => step.step !== 'when');
    const step = pattern[at];
    if (step?.step !== 'field' || step.name !== 'stringData')
        return [];
    return [pattern.with(at, { step: 'field', name: 'data' })];
}
function compile(rule) {
    const [group, kind, name, namespace] = [rule.group, rule.kind, rule.name, rule.namespace].map((text) => text === undefined ? undefined : glob([text]));
    return {
        matches: (object) => (kind?.test(object.kind) ?? true) &&
            (group?.test((0,manifest/* groupOf */.F8)(object)) ?? true) &&
            (name?.test(object.metadata.name) ?? true) &&
            (namespace?.test((0,manifest/* namespaceOf */.N6)(object) ?? '') ?? true),
        patterns: (rule.pointers ?? []).flatMap(compare_pattern/* parsePatterns */.Z7),
        manager: rule.managers === undefined || rule.managers.length === 0 ? undefined : glob(rule.managers)
    };
}
function glob(texts) {
    const alternatives = texts.map((text) => text
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.'));
    return new RegExp(`^(?:${alternatives.join('|')})$`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/secrets.js






/**
 * Values of a Secret are shown by a fingerprint under the key of the run: equal values are recognisably equal, and
 * nobody without the key can try values out. `data` and `stringData` of equal content give equal fingerprints. So are
 * annotations that repeat a value or hold a copy of the object, and Secrets inside other objects.
 * @param states the object as it is declared and as it lives
 */
function maskFor(object, secretKey, states = []) {
    const all = [object, ...states];
    if (!isSecret(object))
        return (path, value) => {
            if (value === undefined)
                return { type: 'absent' };
            return isInSecret(all, path) || holdsSecret(value)
                ? fingerprint(textOf(value), secretKey)
                : { type: 'value', value };
        };
    const repeats = once(() => all.flatMap((one) => valuesOf(one)).filter((text) => text.length >= TELLING));
    return (path, value) => {
        if (value === undefined)
            return { type: 'absent' };
        if (!isSensitive(path) && !(path[0] === 'metadata' && isCopy(path, value, repeats)))
            return { type: 'value', value };
        const decoded = path[0] === 'data' && typeof value === 'string' ? external_node_buffer_.Buffer.from(value, 'base64') : undefined;
        return fingerprint(decoded ?? textOf(value), secretKey);
    };
}
function fingerprint(content, secretKey) {
    return { type: 'secret', fingerprint: (0,external_node_crypto_.createHmac)('sha256', secretKey).update(content).digest('hex').slice(0, 16) };
}
function textOf(value) {
    return typeof value === 'string' ? value : (0,json/* canonicalJson */.dj)(value);
}
function isSecret(object) {
    return object['kind'] === 'Secret' && object['apiVersion'] === 'v1';
}
/** Everything but metadata, type and `immutable`. */
function isSensitive(path) {
    if (path[0] === 'metadata')
        return path[1] === 'annotations' && path.length === 2;
    return path[0] !== 'type' && path[0] !== 'immutable';
}
/** Annotations in which tools keep the object as they applied it, also packed so that no value can be found in it. */
const COPIES = new Set([
    ownership/* LAST_APPLIED */.jS,
    'kapp.k14s.io/original',
    'kapp.k14s.io/original-diff',
    'objectset.rio.cattle.io/applied'
]);
/** Shorter values (`true`, `prod`) stand in other places by chance. */
const TELLING = 6;
function isCopy(path, value, repeated) {
    if (path[1] !== 'annotations')
        return false;
    const text = textOf(value);
    if (COPIES.has(String(path[2])) || /"(string)?data"\s*:/i.test(text))
        return true;
    return repeated().some((one) => text.includes(one));
}
/** True below the data of a Secret that another object holds (templates, lists, objects of other clusters). */
function isInSecret(states, path) {
    return states.some((state) => {
        let value = state;
        for (const [depth, step] of path.entries()) {
            if (depth > 0 && (0,json/* isObject */.Gv)(value) && isSecret(value))
                return isSensitive(path.slice(depth));
            value = (0,ownership/* childValue */.EK)(value, step);
        }
        return false;
    });
}
function holdsSecret(value) {
    if (Array.isArray(value))
        return value.some(holdsSecret);
    if (!(0,json/* isObject */.Gv)(value))
        return false;
    return (isSecret(value) && ('data' in value || 'stringData' in value)) || Object.values(value).some(holdsSecret);
}
/** What a Secret holds, as it stands there and decoded. */
function valuesOf(secret) {
    const plain = [...leaves(secret['stringData'])];
    const encoded = [...leaves(secret['data'])];
    return [
        ...plain,
        ...plain.map((text) => external_node_buffer_.Buffer.from(text, 'utf8').toString('base64')),
        ...encoded,
        ...encoded.map((text) => external_node_buffer_.Buffer.from(text, 'base64').toString('utf8'))
    ];
}
function once(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}
function redactedError(object, error) {
    if (!isSecret(object) || !(error instanceof kubernetes_cluster/* ApiError */.hD))
        return error;
    const values = new Set();
    for (const field of ['data', 'stringData'])
        for (const value of leaves(object[field])) {
            values.add(value);
            values.add(JSON.stringify(value).slice(1, -1));
            values.add(external_node_buffer_.Buffer.from(value, 'base64').toString('utf8'));
        }
    const texts = [...values].filter((text) => text.length >= 3).sort((a, b) => b.length - a.length);
    // A value of another type is quoted as Go prints it, which no value of ours need look like.
    const clean = (text) => texts.reduce((result, value) => result.replaceAll(value, '***'), text.replace(/valueUnstructured\{.*\}/gs, 'valueUnstructured{***}'));
    return new kubernetes_cluster/* ApiError */.hD(error.code, error.reason, clean(error.message), {
        causes: error.causes.map((cause) => ({ ...cause, message: clean(cause.message) })),
        ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds })
    });
}
/** Every single value in what a Secret holds, of whatever type: a mistaken Secret is refused with its values. */
function* leaves(value) {
    if (Array.isArray(value))
        for (const item of value)
            yield* leaves(item);
    else if ((0,json/* isObject */.Gv)(value))
        for (const item of Object.values(value))
            yield* leaves(item);
    else if (value !== undefined && value !== null)
        yield typeof value === 'string' ? value : (0,json/* canonicalJson */.dj)(value);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/subject.js







/** Undefined when there is no live object. */
function examine(pair, resource, rules, options) {
    const { live } = pair;
    if (live === undefined)
        return undefined;
    const declared = pair.manifest.object;
    const entries = (0,ownership/* managedEntries */.mz)(live);
    const applied = (0,ownership/* ownEntry */.Pl)(entries);
    const recognised = writtenByControllers(declared, live, entries);
    const ignored = rules.for(declared, entries, recognised.map(({ path }) => path));
    // Not ours yet, or deleted and made anew by somebody: the defaults that it was made with are theirs, too.
    const adopt = (object, recorded = (0,ownership/* managedEntries */.mz)(object)) => {
        const adopts = (entry) => (0,ownership/* isTakenOver */.Gj)(entry) && !rules.ignoresManager(declared, entry.manager);
        const found = (0,ownership/* adoptionPatch */.PH)(object, adopts, recorded, copiedFields(object, resource));
        return found && { ...found, again: (later) => adopt(later) };
    };
    const adoption = applied === undefined ? adopt(live, entries) : undefined;
    const own = applied?.fields ?? adoption?.fields ?? ownership/* NO_FIELDS */.eL;
    const others = entries.filter((entry) => entry !== applied && adoption?.taken.includes(entry) !== true);
    let payload = payloadOf(declared, resource);
    if (ignored)
        payload = withoutIgnored(payload, live, ignored, own, others);
    const mask = maskFor(declared, options.secretKey, [live]);
    return { pair, resource, live, payload, entries, own, others, adoption, ignored, recognised, mask };
}
/** A comparison that found nothing, to start from. */
function nothing(pair, payload) {
    return { ...pair, payload, verdict: 'unchanged', fields: [], foreign: [], reclaim: [], conflicts: [] };
}
/** A comparison that found no change; `owned` is what we own once the declaration is applied. */
function unchanged(subject, owned, options) {
    const { pair, payload, live, adoption } = subject;
    return {
        ...nothing(pair, payload),
        live,
        ...(adoption ? { adoption } : {}),
        ...foreignOf(subject, owned, options)
    };
}
function foreignOf(subject, owned, options) {
    const found = subject.recognised;
    if (options.purpose !== 'drift' || options.foreignFields === 'ignore')
        return found.length > 0 ? { foreign: [], recognised: found } : { foreign: [] };
    const { fields, recognised } = additionsTo(subject, owned);
    const all = [...found, ...recognised];
    return all.length > 0 ? { foreign: fields, recognised: all } : { foreign: fields };
}
/** What others put into an object, whatever is to be done about it; `owned` is what we own once we have applied. */
function additionsTo(subject, owned) {
    const { payload, live, others, ignored, mask } = subject;
    const writers = subject.entries.length === 0 ? [unrecordedKeys(live)] : others;
    return foreignFields(payload, live, owned, writers, {
        mask,
        ignores: (path, manager) => ignored !== undefined &&
            (ignored.covers(path, live) || ignored.entries.some((entry) => entry.manager === manager))
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/displace.js




/**
 * For an object that the API server takes with what is declared or with what others put in its place, but not with
 * both (a port beside the only one, which has no name; two members of a union): without as few of the others' fields
 * as make it valid. Undefined where that is not what is wrong.
 */
async function displace(cluster, subject) {
    if (subject.adoption)
        return undefined;
    const candidates = additionsTo(subject, applyHere(subject).fields).fields;
    if (candidates.length === 0)
        return undefined;
    const all = await without(cluster, subject, candidates);
    if (all === undefined || candidates.length === 1)
        return all;
    const isValid = async (fields) => (await without(cluster, subject, fields)) !== undefined;
    const fewest = await needed([], candidates, isValid);
    return fewest.length === candidates.length ? all : ((await without(cluster, subject, fewest)) ?? all);
}
async function without(cluster, subject, fields) {
    const displacement = (0,ownership/* displacementPatch */.OI)(subject.live, fields.map((field) => field.location));
    if (displacement === undefined)
        return undefined;
    const after = { ...subject, own: displacement.fields, others: displacement.others };
    try {
        return { subject: after, answer: await predictHere(cluster, after), fields, displacement };
    }
    catch (error) {
        if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 422)
            return undefined;
        throw error;
    }
}
/** Those of `open` without which `given` does not suffice, in few questions (Junker's QuickXplain). */
async function needed(given, open, suffices, mayDo = false) {
    if (mayDo && (await suffices(given)))
        return [];
    if (open.length <= 1)
        return open;
    const half = Math.ceil(open.length / 2);
    const [first, second] = [open.slice(0, half), open.slice(half)];
    const ofSecond = await needed([...given, ...first], second, suffices, true);
    const ofFirst = await needed([...given, ...ofSecond], first, suffices, ofSecond.length > 0 || given.length > 0);
    return [...ofFirst, ...ofSecond];
}
/** Whom it is taken from: a deploy asks before it overrules another tool, here as where it sets a field. */
function displacedConflicts({ subject, fields }) {
    return fields.flatMap((field) => (0,ownership/* ownersOf */.K2)(subject.entries, field.location).map(({ manager, operation, time, subresource }) => ({
        path: field.path,
        manager,
        kind: (0,ownership/* managerKind */.ax)(manager, operation),
        operation,
        ...(time === undefined ? {} : { time }),
        ...(subresource === undefined ? {} : { subresource })
    })));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/diff.js




/**
 * Where two states of an object differ, in the order of the document, as deep as names lead: single fields, items
 * of lists, whole lists only where items cannot be told apart. What every write changes (`managedFields`,
 * `resourceVersion`, …) does not count, nor does `status` unless asked for, nor another spelling of a quantity.
 */
function differences(before, after, shape, options) {
    const found = [];
    for (const field of fieldsOf(before, after)) {
        if (field === 'apiVersion' || field === 'kind' || (field === 'status' && !options.status))
            continue;
        const inside = shape.child(field);
        if (field === 'metadata')
            compareMetadata(before.metadata, after.metadata, inside, found);
        else
            compareValues(before[field], after[field], [field], inside, found);
    }
    return found;
}
const NOISE = new Set([
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generation',
    'managedFields',
    'name',
    'namespace',
    'resourceVersion',
    'selfLink',
    'uid'
]);
function compareMetadata(before, after, shape, found) {
    for (const field of fieldsOf(before, after)) {
        if (NOISE.has(field))
            continue;
        const [a, b] = field === 'annotations'
            ? [withoutBookkeeping(before[field]), withoutBookkeeping(after[field])]
            : [before[field], after[field]];
        compareValues(a, b, ['metadata', field], shape.child(field), found);
    }
}
function withoutBookkeeping(annotations) {
    if (!(0,json/* isObject */.Gv)(annotations) || !Object.keys(annotations).some((name) => BOOKKEEPING.has(name)))
        return annotations;
    const rest = Object.entries(annotations).filter(([name]) => !BOOKKEEPING.has(name));
    return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}
function compareValues(before, after, path, shape, found) {
    if (before === after)
        return;
    if (Array.isArray(before) && Array.isArray(after))
        compareLists(before, after, path, shape, found);
    else if (isMapLike(before) && isMapLike(after)) {
        const [a, b] = [before ?? {}, after ?? {}];
        const fields = fieldsOf(a, b);
        if (fields.length === 0 && !isSameEmpty(before, after, shape))
            note(found, path, before, after);
        for (const field of fields)
            compareValues(a[field], b[field], [...path, field], shape.child(field), found);
    }
    else if (isListLike(before) && isListLike(after) && shape.list()?.by === 'keys')
        compareLists(before ?? [], after ?? [], path, shape, found);
    else if (!isSameLeaf(before, after, shape))
        note(found, path, before, after);
}
/** A map, or nothing where the other side is one: then every field of it is a difference of its own. */
function isMapLike(value) {
    return value === undefined || (0,json/* isObject */.Gv)(value);
}
function isListLike(value) {
    return value === undefined || Array.isArray(value);
}
/** Two empty maps, or one that the API server does not keep. */
function isSameEmpty(before, after, shape) {
    return (before !== undefined && after !== undefined) || isSameLeaf(before, after, shape);
}
function isSameLeaf(before, after, shape) {
    if (before === undefined)
        return after !== undefined && isDropped(after, shape.type);
    if (after === undefined)
        return isDropped(before, shape.type);
    return sameScalar(before, after, shape.type);
}
function note(found, path, before, after) {
    if (before === undefined && after === undefined)
        return;
    found.push({
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after })
    });
}
function compareLists(before, after, path, shape, found) {
    const merge = shape.list();
    const known = merge?.by === 'keys' || merge?.by === 'value' ? merge : undefined;
    const aligned = known ?? nameKeys(before, after);
    const [a, b] = [indexItems(before, aligned), indexItems(after, aligned)];
    if (aligned === undefined || a === undefined || b === undefined) {
        compareSequences(before, after, path, shape, found);
        return;
    }
    const start = found.length;
    for (const [id, { element, item, all }] of a) {
        const before = found.length;
        const other = b.get(id)?.item;
        compareItem(item, other, [...path, element], shape.child(element), found);
        if (all.length > 1 && found.length === before)
            note(found, [...path, element], all, other);
    }
    for (const [id, { element, item }] of b)
        if (!a.has(id))
            compareItem(undefined, item, [...path, element], shape.child(element), found);
    const [left, right] = [[...a.keys()].filter((id) => b.has(id)), [...b.keys()].filter((id) => a.has(id))];
    if (left.some((id, index) => id !== right[index]))
        found.splice(start, 0, {
            path,
            before: [...a.values()].map(({ element }) => label(element)),
            after: [...b.values()].map(({ element }) => label(element)),
            order: true
        });
}
/** Whole items that come or go stay whole: their fields only make sense together. */
function compareItem(before, after, path, shape, found) {
    if (before === undefined || after === undefined)
        note(found, path, before, after);
    else
        compareValues(before, after, path, shape, found);
}
function indexItems(list, merge) {
    const items = new Map();
    for (const [index, item] of list.entries()) {
        const element = itemElement(merge, item, index);
        const id = elementId(element);
        const known = items.get(id);
        if ((known && merge?.by !== 'keys') || (typeof element !== 'string' && 'index' in element))
            return undefined;
        // Somebody can name an item twice by an update; applying makes one of them.
        items.set(id, { element, item, all: [...(known?.all ?? []), item] });
    }
    return items;
}
function label(element) {
    if (typeof element === 'string')
        return element;
    if ('key' in element)
        return Object.values(element.key).map(String).join('/');
    return 'value' in element ? String(element.value) : String(element.index);
}
/**
 * Lists that the API server replaces as one piece are still read by people: where every item has a name of its own,
 * items are compared by it. Only the presentation depends on that.
 */
function nameKeys(before, after) {
    for (const name of ['name', 'key', 'path', 'id', 'type']) {
        const keys = [{ name }];
        if ([before, after].every((list) => list.length > 0 && areDistinct(list, keys)))
            return { by: 'keys', keys };
    }
    return undefined;
}
function areDistinct(list, keys) {
    const seen = new Set();
    return list.every((item) => {
        const key = (0,json/* isObject */.Gv)(item) ? keyOf(item, keys) : undefined;
        const value = key === undefined ? undefined : Object.values(key)[0];
        if (typeof value !== 'string' || seen.has(value))
            return false;
        seen.add(value);
        return true;
    });
}
/** Items without names: what is the same at both ends is left out, the rest is paired by position. */
function compareSequences(before, after, path, shape, found) {
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && sameItem(before[start], after[start], shape))
        start++;
    let end = 0;
    while (end < shorter - start && sameItem(before[before.length - 1 - end], after[after.length - 1 - end], shape))
        end++;
    const scalars = [...before, ...after].every((item) => !(0,json/* isObject */.Gv)(item) && !Array.isArray(item));
    if (scalars && before.length !== after.length) {
        note(found, path, before, after);
        return;
    }
    const stop = Math.max(before.length, after.length) - end;
    for (let index = start; index < stop; index++) {
        const element = { index };
        compareItem(index < before.length - end ? before[index] : undefined, index < after.length - end ? after[index] : undefined, [...path, element], shape.child(element), found);
    }
}
function sameItem(before, after, shape) {
    const found = [];
    compareValues(before, after, [], shape.child({ index: 0 }), found);
    return found.length === 0;
}
function fieldsOf(a, b) {
    const fields = Object.keys(a);
    for (const field in b)
        if (!(field in a))
            fields.push(field);
    return fields;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/judge.js






/** What applying means, as reports say it. */
function judge(facts) {
    const { live, predicted, before, after, ignored } = facts;
    const given = known(facts);
    const { declared, following } = split(given);
    const changed = declared.map((one) => one.path);
    const untouched = (path) => !changed.some((one) => overlaps(one, path)) && !ignored?.covers(path, live, predicted);
    return {
        fields: [...declared.map((one) => fieldChange(given, one)), ...following.map((one) => followingChange(given, one))],
        reclaim: reclaimed(given, untouched),
        conflicts: declared.flatMap((one) => conflictsAt(given, one)),
        released: facts.adoption ? [] : (0,ownership/* difference */.iv)(before, after).filter(untouched).map(ownership/* printPath */.bA)
    };
}
/**
 * What of the difference between live and predicted is ours: fields that we declare, or owned and no longer declare.
 * Other differences (defaults that follow, values that webhooks write) only count beside them: without them they do
 * not come from the declaration.
 */
function splitDifferences(facts) {
    return split(known(facts));
}
function known(facts) {
    const { before, after, entries, live, payload } = facts;
    const trees = [before, after, ...entries.map((entry) => entry.fields)];
    const shape = new Shape(trees, typeOfKind(live.apiVersion, live.kind));
    return { ...facts, shape, isPiece: (path) => isPiece(path, payload, shape) };
}
function split(given) {
    const { payload, live, predicted, before, after, ignored, shape } = given;
    // Kinds that keep their status apart never own any of it this way.
    const status = 'status' in payload || 'f:status' in before;
    const all = differences(live, predicted, shape, { status }).filter((one) => !ignored?.covers(one.path, live, predicted));
    const declared = all.filter((one) => (0,ownership/* coverage */.vk)(after, one.path, given.isPiece) ??
        (0,ownership/* coverage */.vk)(before, one.path, given.isPiece) ??
        // An empty list that is merged is owned by nobody, but sent all the same.
        ((0,ownership/* valueAt */.fK)(payload, one.path) === undefined ? undefined : 'exact') ??
        // Merging an empty map removes nothing: where something goes, the API server replaces the map by it.
        (one.after === undefined ? (0,ownership/* coverage */.vk)(after, one.path) : undefined));
    if (declared.length === 0)
        return { declared, following: [] };
    return { declared, following: all.filter((one) => !declared.includes(one) && one.path[0] !== 'metadata') };
}
function fieldChange(given, one) {
    const { mask, entries, before, after, isPiece } = given;
    const base = {
        path: (0,ownership/* printPath */.bA)(one.path),
        before: mask(one.path, projected(one.before, recorded(given, one.path))),
        after: mask(one.path, projected(one.after, (0,ownership/* nodeAt */.oB)(after, one.path)))
    };
    const attribution = one.order ? orderAttribution(entries, one.path) : (0,ownership/* attributeIn */.yo)(entries, one.path, isPiece);
    if (attribution.known)
        return { ...base, attribution };
    const covered = (0,ownership/* coverage */.vk)(before, one.path, isPiece);
    // Of an item that was removed, fields stay ours that the API server never kept (`readOnly: false`).
    const isRemoved = one.before === undefined && covered === 'below';
    // Still ours and nobody else's, or new in the declaration: nobody did anything to the live object. The order of
    // items is nobody's, so that says nothing about it.
    if (given.purpose === 'deploy' || (covered && !one.order && !isRemoved))
        return base;
    return { ...base, attribution };
}
/** Who owns a list as one piece also owns its order; that of items which are merged is recorded nowhere. */
function orderAttribution(entries, path) {
    const owner = (0,ownership/* ownersOf */.K2)(entries, path).find((entry) => {
        const node = (0,ownership/* nodeAt */.oB)(entry.fields, path);
        return node === undefined || (0,ownership/* isLeaf */.xe)(node);
    });
    return owner ? { known: true, ...(0,ownership/* actorOf */.dn)(owner) } : { known: false, candidates: (0,ownership/* candidates */.Xi)(entries) };
}
/** What anybody is recorded to have written below a path. */
function recorded({ before, entries }, path) {
    const nodes = [before, ...entries.map((entry) => entry.fields)].flatMap((tree) => {
        const node = (0,ownership/* nodeAt */.oB)(tree, path);
        return node === undefined ? [] : [node];
    });
    return nodes.length === 0 ? undefined : nodes.reduce((a, b) => (0,ownership/* union */.KC)(a, b, false));
}
/** Of an item or a map only what is declared: the defaults that the API server adds to it are noise. */
function projected(value, node) {
    if (value === undefined || node === undefined)
        return value;
    return project(value, node);
}
function project(value, node) {
    const names = Object.keys(node);
    if (typeof value !== 'object' || value === null || !names.some((name) => name !== '.'))
        return value;
    if (Array.isArray(value))
        return value;
    const fields = names.filter((name) => name.startsWith('f:')).map((name) => name.slice(2));
    if (fields.length === 0)
        return value;
    const result = {};
    for (const field of fields) {
        const inner = value[field];
        const below = (0,ownership/* nodeAt */.oB)(node, [field]);
        if (inner !== undefined)
            result[field] = below === undefined ? inner : project(inner, below);
    }
    return result;
}
/** Values that the API server chooses anew in every dry run would make every plan a different one. */
const ALLOCATED = /^spec\.(clusterIPs?(\[\d+\])?|healthCheckNodePort|ports\[[^\]]*\]\.nodePort)$/;
function followingChange(given, one) {
    const path = (0,ownership/* printPath */.bA)(one.path);
    const allocated = one.after !== undefined && ALLOCATED.test(path);
    return {
        path,
        before: given.mask(one.path, one.before),
        after: given.mask(one.path, allocated ? 'chosen by the API server' : one.after)
    };
}
function reclaimed(given, untouched) {
    const { live, payload, entries, before, after, mask } = given;
    const paths = (0,ownership/* difference */.iv)(after, before).filter(untouched);
    if (given.adoption)
        return [
            {
                path: 'metadata.managedFields',
                before: { type: 'value', value: [...given.adoption.from] },
                after: { type: 'value', value: [kubernetes_cluster/* FIELD_MANAGER */.vy] },
                ...(given.purpose === 'drift' ? attributionOf(given.adoption) : {})
            }
        ];
    return paths.map((path) => {
        // An empty value that the API server does not keep is only found in the declaration.
        const value = mask(path, projected((0,ownership/* valueAt */.fK)(live, path) ?? (0,ownership/* valueAt */.fK)(payload, path), (0,ownership/* nodeAt */.oB)(after, path)));
        const attribution = (0,ownership/* attributeIn */.yo)(entries, path, given.isPiece);
        return { path: (0,ownership/* printPath */.bA)(path), before: value, after: value, ...(attribution.known ? { attribution } : {}) };
    });
}
function attributionOf({ taken }) {
    const [newest] = [...taken].sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''));
    return newest ? { attribution: { known: true, ...(0,ownership/* actorOf */.dn)(newest) } } : {};
}
function conflictsAt({ after, entries, isPiece }, one) {
    const ours = (0,ownership/* coverage */.vk)(after, one.path, isPiece);
    if (one.order || (ours !== 'exact' && ours !== 'inside'))
        return [];
    return (0,ownership/* ownersOf */.K2)(entries, one.path, isPiece)
        .filter((owner) => (0,ownership/* coverage */.vk)(owner.fields, one.path, isPiece) !== 'below')
        .map((owner) => ({
        path: (0,ownership/* printPath */.bA)(one.path),
        manager: owner.manager,
        kind: (0,ownership/* managerKind */.ax)(owner.manager, owner.operation),
        operation: owner.operation,
        ...(owner.time === undefined ? {} : { time: owner.time }),
        ...(owner.subresource === undefined ? {} : { subresource: owner.subresource })
    }));
}
function isPiece(path, payload, shape) {
    const at = path.reduce((inside, element) => inside.child(element), shape);
    const type = at.type?.type;
    if (type === 'list')
        return at.list()?.by === 'replacing';
    if (type === 'struct' || type === 'map')
        return at.replacesMap();
    const declared = (0,ownership/* valueAt */.fK)(payload, path);
    // Nothing is known of custom resources but what was written: an empty map that we declare may be anything.
    if (declared === null || ((0,json/* isObject */.Gv)(declared) && Object.keys(declared).length === 0))
        return false;
    return at.list()?.by === 'replacing';
}
/** True when one path holds the other. */
function overlaps(a, b) {
    const [x, y] = [(0,ownership/* printPath */.bA)(a), (0,ownership/* printPath */.bA)(b)];
    return x === y || isInside(x, y) || isInside(y, x);
}
function isInside(path, holder) {
    return path.startsWith(holder) && /[.[]/.test(path.charAt(holder.length));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/ask.js










/** For a declaration that the API server does not take, whoever of the fields' writers is to blame. */
const INVALID_HINT = ' (what others wrote into the object may not go with what is declared: take it out by hand, or correct the declaration)';
/** How often a comparison starts again because the object changes while it is compared. */
const ATTEMPTS = 4;
/**
 * Compares one object by asking the API server what applying would make of it; again from the start when the object
 * has changed since it was listed.
 */
async function ask(cluster, first, rules, options) {
    let subject = first;
    for (let attempt = 1;; attempt++) {
        if (attempt > 1 || subject.live.apiVersion !== subject.payload.apiVersion) {
            const current = await read(cluster, subject, rules, options);
            if (current === undefined) {
                const { manifest } = subject.pair;
                return { ...nothing({ manifest }, subject.payload), verdict: 'create' };
            }
            subject = current;
        }
        let answer;
        try {
            answer = await (subject.adoption ? predictAdopted(cluster, subject) : predict(cluster, subject));
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
                throw error;
            // Only the write under a precondition tells that way that the object has changed.
            if (error.code === 409 && subject.adoption && attempt < ATTEMPTS)
                continue;
            const displaced = await tryDisplacing(cluster, subject, error);
            if (displaced === 'changed' && attempt < ATTEMPTS)
                continue;
            const comparison = displaced && displaced !== 'changed' ? displacing(displaced, error, options) : undefined;
            return comparison ?? refused(subject, error, options);
        }
        if (versionOf(answer.predicted) !== versionOf(subject.live) && attempt < ATTEMPTS)
            continue;
        const verdict = verdictOf(subject, judgeSubject(subject, answer, options), answer.owned, options);
        return { ...verdict, predicted: answer.predicted };
    }
}
/** The object without what others put in the place of declared fields, if that is why the API server refused it. */
async function tryDisplacing(cluster, subject, refusal) {
    if (refusal.code !== 422 || (0,compare_refusal/* refusalOf */.O)(refusal).type !== 'other')
        return undefined;
    try {
        return await displace(cluster, subject);
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
            throw error;
        // Roles may allow to apply but not to update; then what was refused first is what there is to say.
        return error.code === 409 ? 'changed' : undefined;
    }
}
/** Undefined where all that is declared is there, and only what others added beside it is refused. */
function displacing(displaced, raw, options) {
    const { subject, answer, fields, displacement } = displaced;
    const judgement = judgeSubject(subject, answer, options);
    const gone = fields.map((field) => field.path);
    const isGone = (path) => gone.some((one) => path === one || path.startsWith(`${one}.`) || one.startsWith(path));
    if (judgement.fields.every(({ path, before }) => before.type !== 'absent' && isGone(path)))
        return undefined;
    const verdict = verdictOf(subject, judgement, answer.owned, options);
    const error = redacted(subject, raw);
    return {
        ...verdict,
        conflicts: [...verdict.conflicts, ...displacedConflicts(displaced)],
        predicted: answer.predicted,
        displacement,
        reason: `${list(gone)} ${gone.length === 1 ? 'has' : 'have'} to go, because the API server does not take what is declared beside ${gone.length === 1 ? 'it' : 'them'}: ${error.message}`
    };
}
/** The same subject with the object as it lives now; undefined when it is gone. */
async function read(cluster, subject, rules, options) {
    const { apiVersion, kind } = subject.payload;
    const namespace = (0,manifest/* namespaceOf */.N6)(subject.live);
    const live = await cluster.get({
        apiVersion,
        kind,
        name: subject.live.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    });
    return live && examine({ manifest: subject.pair.manifest, live }, subject.resource, rules, options);
}
function versionOf(object) {
    return (0,json/* asString */.oJ)(object.metadata['resourceVersion']);
}
function judgeSubject(subject, answer, options) {
    const { payload, live, entries, own, ignored, mask, adoption } = subject;
    const { predicted, owned } = answer;
    const { purpose } = options;
    return judge({ purpose, payload, live, predicted, entries, before: own, after: owned, ignored, mask, adoption });
}
function verdictOf(subject, judgement, owned, options) {
    const { fields, reclaim, conflicts, released } = judgement;
    const base = unchanged(subject, owned, options);
    if (fields.length > 0)
        return { ...base, verdict: 'update', fields, reclaim, conflicts };
    if (reclaim.length > 0)
        return { ...base, reclaim };
    // Nobody did that: it comes from the declaration, and settles by applying it once.
    if (released.length > 0 && options.purpose === 'deploy')
        return { ...base, verdict: 'update', reason: `gives up the ownership of ${list(released)}, whose values stay` };
    return base;
}
/** What the API server refuses to answer is compared without it, as far as that goes. */
function refused(subject, raw, options) {
    const error = redacted(subject, raw);
    const refusal = (0,compare_refusal/* refusalOf */.O)(error);
    const base = unchanged(subject, subject.own, options);
    // A check needs no right to write: what may only be read is compared as far as that goes.
    const forbidden = options.purpose === 'drift' ? (0,explain/* explainForbidden */.Dh)(error) : undefined;
    const { object, fields } = applyHere(subject);
    // A declaration that is invalid by itself is an error; beside what others added, either may be to blame.
    const beside = options.purpose === 'drift' && error.code === 422 && refusal.type === 'other';
    const invalid = beside && additionsTo(subject, fields).fields.length > 0;
    if (refusal.type === 'other' && !forbidden && !invalid)
        return { ...base, verdict: 'error', error };
    const judgement = judgeSubject(subject, { predicted: object, owned: fields }, options);
    if (invalid && judgement.fields.length === 0)
        return { ...base, verdict: 'error', error };
    if (refusal.type === 'immutable')
        return {
            ...base,
            verdict: 'replace',
            fields: judgement.fields,
            conflicts: judgement.conflicts,
            reason: refusal.reason
        };
    return {
        ...verdictOf(subject, judgement, fields, options),
        reason: `compared without the API server, because ${forbidden ? mayNot(forbidden) : refusal.type === 'other' ? `${error.message}${INVALID_HINT}` : refusal.reason}`,
        ...(forbidden || invalid ? { readOnly: true } : {})
    };
}
function redacted(subject, error) {
    return redactedError(subject.live, redactedError(subject.pair.manifest.object, error));
}
function mayNot({ user, verb, resource, group, namespace }) {
    const type = group === '' ? resource : `${resource}.${group}`;
    return `the user "${user}" may not ${verb} ${type}${namespace === undefined ? '' : ` in the namespace "${namespace}"`}`;
}
function list(paths) {
    const shown = paths.slice(0, 3).join(', ');
    return paths.length > 3 ? `${shown} and ${paths.length - 3} more fields` : shown;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/items.js


/**
 * The key fields of a list as the API server wrote them into our entry, with the values that stand for absent ones;
 * undefined when items have different ones (optional keys) or what stands there is no item.
 */
function keysOf(own, type) {
    let keys;
    for (const name in own) {
        if (name === '.')
            continue;
        const element = (0,ownership/* elementOf */.MC)(name);
        if (element === undefined || typeof element === 'string' || !('key' in element))
            return undefined;
        const { key } = element;
        if (keys === undefined) {
            const known = type?.type === 'list' ? type.keys : [];
            keys = Object.keys(key).map((field) => ({ name: field, absent: known.find((one) => one.name === field)?.absent }));
        }
        else if (Object.keys(key).length !== keys.length || !keys.every((one) => one.name in key))
            return undefined;
    }
    return keys;
}
/** A text that is equal for items that the API server takes for the same one. */
function identity(item, keys) {
    let id = '';
    for (const key of keys) {
        const value = item[key.name] ?? key.absent;
        // The type counts: the API server tells 80 from "80".
        id += typeof value === 'string' ? `"${value}\0` : `${String(value)}\0`;
    }
    return id;
}
/** Positions of the items of a live list by identity; undefined when one has no identity or two have the same. */
function items_indexItems(live, keys) {
    const positions = new Map();
    for (const [position, item] of live.entries()) {
        if (!(0,json/* isObject */.Gv)(item))
            return undefined;
        const id = identity(item, keys);
        if (positions.has(id))
            return undefined;
        positions.set(id, position);
    }
    return positions;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/prove.js






/**
 * Proves without asking the API server that applying `payload` would change neither the object nor what we own, or
 * says why that cannot be proven. It may doubt too much, but never trusts too much:
 *
 * - Our `managedFields` entry must be exactly what the payload would own. Whoever changes the value of a field we
 *   own, or removes it, takes it out of our entry, and the entry also tells how the API server merges: `k:` below a
 *   list means items with keys, `v:` a set, nothing at all a value that is replaced as one piece.
 * - Every declared leaf must be live as the API server would store it, items of lists in their declared relative order.
 */
function doubt(payload, live, entries) {
    const own = (0,ownership/* ownEntry */.Pl)(entries);
    if (own === undefined)
        return 'not-owned';
    if (own.apiVersion !== payload.apiVersion || live.apiVersion !== payload.apiVersion)
        return 'version';
    const others = entries.filter((entry) => !(0,ownership/* isApplyOf */.e5)(entry, kubernetes_cluster/* FIELD_MANAGER */.vy) && entry.subresource !== 'status');
    return new Proof(others).object(payload, live, own.fields, typeOfKind(payload.apiVersion, payload.kind));
}
/** Fields of the object itself that are identity, never owned. */
const IDENTITY = new Set(['apiVersion', 'kind']);
const META_IDENTITY = new Set(['name', 'namespace']);
const NONE = new Set();
class Proof {
    #others;
    constructor(entries) {
        this.#others = entries.map((entry) => entry.fields);
    }
    object(payload, live, own, type) {
        return this.#entries(payload, live, own, type, this.#others, IDENTITY);
    }
    /** A value below a field or in a list, with our node for it (undefined: we own nothing there). */
    #value(declared, live, own, type, others) {
        if (Array.isArray(declared))
            return this.#list(declared, live, own, type, others);
        if ((0,json/* isObject */.Gv)(declared)) {
            for (const _ in declared)
                return this.#map(declared, live, own, type, others);
            return emptyMap(declared, live, own, type);
        }
        if (own === undefined || !(0,ownership/* isLeaf */.xe)(own))
            return 'ownership';
        if (declared === null)
            return live === undefined || live === null ? undefined : 'unclear';
        if (live === undefined || live === null)
            return isDropped(declared, type) ? undefined : 'value';
        return sameScalar(declared, live, type) ? undefined : 'value';
    }
    #map(declared, live, own, type, others) {
        if (own !== undefined && (0,ownership/* isLeaf */.xe)(own))
            return wholeValue(declared, live, type, others);
        if (live === undefined && own === undefined)
            return this.#entries(declared, {}, NOTHING, type, others, NONE);
        if (!(0,json/* isObject */.Gv)(live))
            return 'value';
        return this.#entries(declared, live, own ?? NOTHING, type, others, NONE);
    }
    /** The entries of a map or struct that is merged field by field. */
    #entries(declared, live, own, type, others, skip) {
        let owned = 0;
        for (const field in declared) {
            const value = declared[field];
            if (value === undefined || skip.has(field))
                continue;
            const key = fieldKey(field);
            const node = (0,ownership/* asNode */.hK)(own[key]);
            if (node !== undefined)
                owned++;
            const found = field === 'metadata' && skip === IDENTITY
                ? this.#metadata(value, live[field], node, fieldType(type, field), step(others, key))
                : this.#value(value, live[field], node, fieldType(type, field), step(others, key));
            if (found !== undefined)
                return found;
        }
        return countNodes(own) === owned ? undefined : 'ownership';
    }
    #metadata(declared, live, own, type, others) {
        if (!(0,json/* isObject */.Gv)(declared) || !(0,json/* isObject */.Gv)(live))
            return 'unclear';
        if (declared['name'] !== live['name'])
            return 'value';
        if (declared['namespace'] !== undefined && declared['namespace'] !== live['namespace'])
            return 'value';
        return this.#entries(declared, live, own ?? NOTHING, type, others, META_IDENTITY);
    }
    #list(declared, live, own, type, others) {
        if (declared.length === 0)
            return emptyList(live, own, type, others);
        if (own === undefined)
            return 'ownership';
        if ((0,ownership/* isLeaf */.xe)(own))
            return wholeValue(declared, live, type, others);
        if (!Array.isArray(live))
            return 'value';
        for (const key in own) {
            if (key.startsWith('k:'))
                return this.#keyed(declared, live, own, type, others);
            if (key.startsWith('v:'))
                return setOf(declared, live, own);
        }
        return 'unclear';
    }
    /** A list whose items are merged by keys. */
    #keyed(declared, live, own, type, others) {
        const keys = keysOf(own, type);
        if (keys === undefined)
            return 'unclear';
        const nodes = new Map();
        for (const name in own) {
            const element = (0,ownership/* elementOf */.MC)(name);
            if (typeof element === 'object' && 'key' in element)
                nodes.set(identity(element.key, keys), name);
        }
        if (nodes.size !== declared.length)
            return 'ownership';
        const positions = items_indexItems(live, keys);
        if (positions === undefined)
            return 'unclear';
        const element = itemType(type);
        let last = -1;
        for (const item of declared) {
            if (!(0,json/* isObject */.Gv)(item))
                return 'unclear';
            const id = identity(item, keys);
            const name = nodes.get(id);
            const node = name === undefined ? undefined : (0,ownership/* asNode */.hK)(own[name]);
            if (name === undefined || node === undefined || !('.' in node))
                return 'ownership';
            nodes.delete(id); // A second item of the same key finds nothing.
            const position = positions.get(id);
            const counterpart = position === undefined ? undefined : live[position];
            if (position === undefined || !(0,json/* isObject */.Gv)(counterpart))
                return 'value';
            if (position < last)
                return 'order';
            last = position;
            const found = this.#entries(item, counterpart, node, element, step(others, name), NONE);
            if (found !== undefined)
                return found;
        }
        return undefined;
    }
}
const NOTHING = Object.freeze({});
/**
 * `f:` and the field's name. The same few names occur in thousands of objects, and looking up a text that was just
 * put together costs far more than one that is known.
 */
function fieldKey(field) {
    const known = fieldKeys.get(field);
    if (known !== undefined)
        return known;
    if (fieldKeys.size >= FIELD_KEYS_LIMIT)
        fieldKeys.clear();
    const key = `f:${field}`;
    fieldKeys.set(field, key);
    return key;
}
const fieldKeys = new Map();
const FIELD_KEYS_LIMIT = 20_000;
/** The same step in every other tree that goes there. */
function step(others, key) {
    if (others.length === 0)
        return others;
    let next;
    for (const node of others) {
        const child = (0,ownership/* asNode */.hK)(node[key]);
        if (child === undefined)
            continue;
        next ??= [];
        next.push(child);
    }
    return next ?? NO_OTHERS;
}
const NO_OTHERS = [];
function countNodes(own) {
    let count = 0;
    for (const key in own)
        if (key !== '.')
            count++;
    return count;
}
/** A list or map that is replaced as one piece. */
function wholeValue(declared, live, type, others) {
    // The API server merges it, by its type or because somebody owns parts of it: our leaf stems from an empty or null
    // value that we sent before.
    if (prove_isMerged(type))
        return 'ownership';
    if (others.some((node) => !(0,ownership/* isLeaf */.xe)(node)))
        return 'unclear';
    return storedAs(declared, live, type) ? undefined : 'value';
}
/** True for lists and maps of which the API server merges the parts; false where nothing is known. */
function prove_isMerged(type) {
    if (type === undefined)
        return false;
    if (type.type === 'list')
        return type.merge !== 'atomic';
    return (type.type === 'struct' || type.type === 'map') && !type.atomic;
}
function emptyMap(declared, live, own, type) {
    if (own === undefined || !(0,ownership/* isLeaf */.xe)(own))
        return 'ownership';
    if (live === undefined || live === null)
        return isDropped(declared, type) ? undefined : 'unclear';
    if (!(0,json/* isObject */.Gv)(live))
        return 'value';
    for (const _ in live) {
        // Merging an empty map into one that has entries leaves it alone; replacing an atomic one would empty it.
        return prove_isMerged(type) ? undefined : 'unclear';
    }
    return undefined;
}
function emptyList(live, own, type, others) {
    if (own === undefined) {
        // An empty list that is merged owns nothing and changes nothing; one that is replaced would be owned.
        if (type?.type !== 'list')
            return 'unclear';
        return type.merge === 'atomic' ? 'ownership' : undefined;
    }
    if (!(0,ownership/* isLeaf */.xe)(own))
        return 'ownership';
    if (others.some((node) => !(0,ownership/* isLeaf */.xe)(node)))
        return 'unclear';
    if (Array.isArray(live))
        return live.length === 0 ? undefined : 'value';
    return isDropped([], type) ? undefined : 'unclear';
}
function setOf(declared, live, own) {
    if (countNodes(own) !== declared.length)
        return 'ownership';
    const positions = new Map();
    for (const [position, value] of live.entries()) {
        if (positions.has(value))
            return 'unclear';
        positions.set(value, position);
    }
    const seen = new Set();
    let last = -1;
    for (const value of declared) {
        if (value === null || typeof value === 'object' || typeof value === 'bigint' || seen.has(value))
            return 'unclear';
        seen.add(value);
        if ((0,ownership/* asNode */.hK)(own[`v:${JSON.stringify(value)}`]) === undefined)
            return 'ownership';
        const position = positions.get(value);
        if (position === undefined)
            return 'value';
        if (position < last)
            return 'order';
        last = position;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/compare-all.js








const CONCURRENCY = 16;
/**
 * What applying would do to each object, in the order of `pairs`. Nothing is written. What is proven unchanged
 * locally costs no request; each of the rest costs a dry-run apply.
 * @throws GitOpsError when an ignore rule cannot be read or the API server cannot be reached
 */
async function compareAll(cluster, pairs, options) {
    const rules = new IgnoreRules(options.ignore);
    const types = await resourceTypes(cluster, pairs);
    const results = new Array(pairs.length);
    const open = [];
    const doubts = new Map();
    for (const [index, pair] of pairs.entries()) {
        const resource = types.get(typeKey(pair.manifest.object));
        if (resource === undefined) {
            results[index] = unknownKind(pair);
            continue;
        }
        const subject = examine(pair, resource, rules, options);
        if (subject === undefined) {
            const payload = payloadOf(pair.manifest.object, resource);
            results[index] = { ...nothing(pair, payload), verdict: 'create' };
            continue;
        }
        const why = doubt(subject.payload, subject.live, subject.entries);
        if (why === undefined)
            results[index] = unchanged(subject, subject.own, options);
        else {
            doubts.set(why, (doubts.get(why) ?? 0) + 1);
            open.push({ index, subject });
        }
    }
    const reasons = [...doubts].map(([why, count]) => `${why}: ${count}`).join(', ');
    options.log.debug(`${pairs.length} objects compared, ${open.length} of them by a dry run${reasons === '' ? '' : ` (${reasons})`}`);
    await (0,concurrency/* mapConcurrent */._)(open, options.concurrency ?? CONCURRENCY, async ({ index, subject }) => {
        results[index] = await ask(cluster, subject, rules, options);
    });
    return results;
}
function unknownKind(pair) {
    const { object } = pair.manifest;
    return {
        ...nothing(pair, object),
        verdict: 'error',
        error: new errors/* GitOpsError */.$(`${(0,manifest/* objectId */.Tu)(object)}: the API server knows no ${object.kind} in ${object.apiVersion}.`, {
            hint: 'Install the CustomResourceDefinition that defines it, or check the spelling of apiVersion and kind.'
        })
    };
}
async function resourceTypes(cluster, pairs) {
    const types = new Map();
    const seen = new Set();
    for (const { manifest } of pairs) {
        const key = typeKey(manifest.object);
        if (seen.has(key))
            continue;
        seen.add(key);
        const resource = await cluster.resourceFor(manifest.object.apiVersion, manifest.object.kind);
        if (resource)
            types.set(key, resource);
    }
    return types;
}
function typeKey(object) {
    return `${object.apiVersion}/${object.kind}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/index.js
/**
 * Compares what is declared with what lives. In the order of the work:
 *
 * - `payload.ts`, `ignore.ts` (`pattern.ts`, `settle.ts`): what is sent for a declared object
 * - `prove.ts` (`items.ts`, `equal.ts`, `types/`): proves most objects unchanged without a request
 * - `ask.ts` (`predict.ts`, `local.ts`, `displace.ts`, `refusal.ts`): dry runs of the rest, and what stands in for one
 *   that is refused
 * - `judge.ts` (`diff.ts`, `shape.ts`): which differences are ours, who owns them now
 * - `foreign.ts` (`writers.ts`): what others put into our objects
 */









/***/ }),

/***/ 890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ refusalOf)
/* harmony export */ });
/**
 * Tells apart from all other refusals: a webhook that takes no dry runs (the object has to be compared without the
 * API server), and fields that cannot be changed in place (the object would have to be replaced).
 */
function refusalOf(error) {
    if (error.code === 400 && /does not support dry run/i.test(error.message))
        return { type: 'no-dry-run', reason: oneLine(error.message) };
    // Every cause has to be about immutability: an object that is invalid besides would be refused after replacing, too.
    const causes = error.causes.length > 0 ? error.causes.map((cause) => cause.message) : [error.message];
    if (error.code === 422 && causes.every((message) => IMMUTABLE.test(message)))
        return { type: 'immutable', reason: describeImmutable(error) };
    return { type: 'other' };
}
/** How Kubernetes' validation and common CEL rules of custom resources word it. */
const IMMUTABLE = new RegExp([
    'immutable',
    'may not (be )?chang',
    'may not (be )?updat',
    'must not (be )?chang',
    'cannot (be )?(chang|modif|updat)',
    "can't be (chang|modif|updat)",
    'can not be (chang|modif|updat)',
    'updates to .* are forbidden',
    'updates to .* for fields other than',
    'forbidden after creation',
    'not allowed to be changed',
    'is not allowed to change',
    'may only be set (on|at|during) creation',
    'may not (add|remove)'
].join('|'), 'i');
function describeImmutable(error) {
    const fields = [...new Set(error.causes.map((cause) => cause.field).filter(Boolean))];
    const [first] = error.causes;
    if (fields.length === 0)
        return `it cannot be changed in place: ${oneLine(error.message)}`;
    const why = first === undefined ? '' : ` (${withoutValue(oneLine(first.message))})`;
    return `${fields.join(', ')} cannot be changed in place${why}`;
}
/** `Invalid value: …: field is immutable` quotes whole structs; only the end says something. */
function withoutValue(message) {
    const match = /^Invalid value: .*?: ([^:]+)$/.exec(message);
    const text = match?.[1] ?? message;
    return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}


/***/ }),

/***/ 3186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   declaredIds: () => (/* binding */ declaredIds),
/* harmony export */   ik: () => (/* binding */ place),
/* harmony export */   uD: () => (/* binding */ hasOwner),
/* harmony export */   xe: () => (/* binding */ declare)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1632);
/* harmony import */ var _client_unknown_kind_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8325);
/* harmony import */ var _compare_index_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5266);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5966);
/* harmony import */ var _order_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1418);







/**
 * Prepares the rendered manifests for one target. Nothing is written. `tolerant` sets objects of unknown kinds apart
 * instead of refusing the whole: a definition that was deleted must not hide what happened to the others.
 * @throws GitOpsError with one detail per manifest that cannot be: an unknown kind, two that are the same object
 *   once namespaces are filled in, one that claims membership of an ApplySet
 */
async function declare(cluster, manifests, options) {
    const problems = [];
    const brought = kindsBroughtBy(manifests);
    const members = [];
    const hooks = [];
    const unknown = [];
    const seen = new Map();
    for (const manifest of manifests) {
        const { object } = manifest;
        const resource = await cluster.resourceFor(object.apiVersion, object.kind);
        const namespaced = resource?.namespaced ?? brought.get(`${(0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .groupOf */ .F8)(object)}/${object.kind}`);
        if (namespaced === undefined) {
            const { message, hint } = (0,_client_unknown_kind_js__WEBPACK_IMPORTED_MODULE_2__/* .unknownKind */ .P)(object, await cluster.resources());
            const problem = `${place(manifest)}: ${(0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .objectId */ .Tu)(object)}: ${message} ${hint ?? ''}`.trim();
            if (!options.tolerant)
                problems.push(problem);
            else if (!(0,_order_index_js__WEBPACK_IMPORTED_MODULE_5__/* .hookOf */ .pd)(object)) {
                const declared = { id: (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .objectId */ .Tu)(object), manifest, namespace: (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .namespaceOf */ .N6)(object), resource: undefined };
                unknown.push({ declared, problem });
            }
            continue;
        }
        const labels = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(object.metadata['labels']);
        if (labels?.[_inventory_js__WEBPACK_IMPORTED_MODULE_4__/* .PART_OF_LABEL */ .vr] !== undefined) {
            problems.push(`${place(manifest)}: ${(0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .objectId */ .Tu)(object)} carries the label ${_inventory_js__WEBPACK_IMPORTED_MODULE_4__/* .PART_OF_LABEL */ .vr}, which only the tool that applies may set. Remove it.`);
            continue;
        }
        const named = withNamespace(manifest, namespaced ? ((0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .namespaceOf */ .N6)(object) ?? options.namespace) : undefined);
        // The form that is sent is the form that is compared: what differs only by its spelling would be owned differently.
        const placed = { ...named, object: (0,_compare_index_js__WEBPACK_IMPORTED_MODULE_3__/* .payloadOf */ .Md)(named.object, resource) };
        const id = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .objectId */ .Tu)(placed.object);
        const other = seen.get(id);
        // Of two hooks of one name (before and after) the second lives after the first.
        if (other && !((0,_order_index_js__WEBPACK_IMPORTED_MODULE_5__/* .hookOf */ .pd)(object) && (0,_order_index_js__WEBPACK_IMPORTED_MODULE_5__/* .hookOf */ .pd)(other.object))) {
            problems.push(`${place(manifest)}: ${id} is declared twice, first in ${place(other)}. Keep one of them.`);
            continue;
        }
        seen.set(id, manifest);
        if ((0,_order_index_js__WEBPACK_IMPORTED_MODULE_5__/* .hookOf */ .pd)(object))
            hooks.push(placed);
        else
            members.push({
                id,
                manifest: labelled(placed, options.applySetId),
                namespace: (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .namespaceOf */ .N6)(placed.object),
                resource
            });
    }
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(problems.length === 1
            ? problems[0]
            : `${problems.length} manifests cannot be applied; nothing was changed.`, {
            details: problems.length === 1 ? [] : problems,
            hint: 'Correct the manifests; nothing was written to the cluster.'
        });
    return { members, hooks, unknown };
}
/** Object ids of manifests as they would live in a cluster: namespaces filled in. Kinds that nobody knows are left out. */
async function declaredIds(cluster, manifests, namespace) {
    const brought = kindsBroughtBy(manifests);
    const ids = new Set();
    for (const manifest of manifests) {
        const { object } = manifest;
        const resource = await cluster.resourceFor(object.apiVersion, object.kind);
        const namespaced = resource?.namespaced ?? brought.get(`${(0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .groupOf */ .F8)(object)}/${object.kind}`);
        if (namespaced === undefined || (0,_order_index_js__WEBPACK_IMPORTED_MODULE_5__/* .hookOf */ .pd)(object))
            continue;
        ids.add((0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .objectId */ .Tu)(withNamespace(manifest, namespaced ? ((0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .namespaceOf */ .N6)(object) ?? namespace) : undefined).object));
    }
    return ids;
}
/** `file:line` of a manifest. */
function place(manifest) {
    return manifest.source.line === undefined ? manifest.source.file : `${manifest.source.file}:${manifest.source.line}`;
}
/** `group/Kind` → namespaced, for the kinds that CRDs of the set define. */
function kindsBroughtBy(manifests) {
    const kinds = new Map();
    for (const { object } of manifests) {
        if (object.kind !== 'CustomResourceDefinition' || (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .groupOf */ .F8)(object) !== 'apiextensions.k8s.io')
            continue;
        const kind = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(object, 'spec', 'names', 'kind'));
        const group = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(object, 'spec', 'group'));
        if (kind && group)
            kinds.set(`${group}/${kind}`, (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(object, 'spec', 'scope')) !== 'Cluster');
    }
    return kinds;
}
function withNamespace(manifest, namespace) {
    const { namespace: given, ...metadata } = manifest.object.metadata;
    if (namespace === undefined) {
        if (given === undefined)
            return manifest;
        return { ...manifest, object: { ...manifest.object, metadata: metadata } };
    }
    return { ...manifest, object: { ...manifest.object, metadata: { ...manifest.object.metadata, namespace } } };
}
function labelled(manifest, applySetId) {
    const labels = { ...(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(manifest.object.metadata['labels']), [_inventory_js__WEBPACK_IMPORTED_MODULE_4__/* .PART_OF_LABEL */ .vr]: applySetId };
    return { ...manifest, object: { ...manifest.object, metadata: { ...manifest.object.metadata, labels } } };
}
/** True when a live object is held by a controller or carries somebody's owner reference. */
function hasOwner(object) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(object.metadata['ownerReferences'])?.length ?? 0) > 0;
}


/***/ }),

/***/ 1418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lJ: () => (/* reexport */ failureHooks),
  pd: () => (/* reexport */ hookOf),
  gN: () => (/* reexport */ kinds_isDefinition),
  a8: () => (/* reexport */ isRegistration),
  yX: () => (/* reexport */ orderForApply),
  Ai: () => (/* reexport */ orderForPrune)
});

// UNUSED EXPORTS: podSpecOf

// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/render/manifest.js
var render_manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
;// CONCATENATED MODULE: ./src/targets/kubernetes/order/hooks.js


const HELM = 'helm.sh/hook';
const ARGO = 'argocd.argoproj.io/hook';
const WAVE = 'argocd.argoproj.io/sync-wave';
const HELM_EVENTS = {
    'pre-install': 'pre-install',
    'post-install': 'post-install',
    'pre-upgrade': 'pre-upgrade',
    'post-upgrade': 'post-upgrade',
    'pre-rollback': 'pre-rollback',
    'post-rollback': 'post-rollback',
    'pre-delete': 'pre-delete',
    'post-delete': 'post-delete',
    test: 'test',
    'test-success': 'test',
    'test-failure': 'test'
};
const ARGO_EVENTS = {
    PreSync: ['pre-install', 'pre-upgrade', 'pre-rollback'],
    Sync: ['sync'],
    PostSync: ['post-install', 'post-upgrade', 'post-rollback'],
    SyncFail: ['sync-fail'],
    PreDelete: ['pre-delete'],
    PostDelete: ['post-delete'],
    Skip: []
};
const POLICIES = {
    'before-hook-creation': 'before-hook-creation',
    'hook-succeeded': 'hook-succeeded',
    'hook-failed': 'hook-failed',
    BeforeHookCreation: 'before-hook-creation',
    HookSucceeded: 'hook-succeeded',
    HookFailed: 'hook-failed'
};
/**
 * What kind of hook an object is, or undefined for one that is simply deployed. Where both are given Helm's annotation
 * counts, because it tells install from upgrade; charts add Argo's for Argo, which cannot. Helm 2's `crd-install` is
 * no hook any more: such a CRD is deployed. Never throws; `hookProblems` says what is wrong with the annotations.
 */
function hookOf(object) {
    if (object.metadata['annotations'] === undefined)
        return undefined;
    const helm = words(object, HELM);
    if (helm.length > 0) {
        if (helm.includes('crd-install') && isDefinition(object))
            return undefined;
        return {
            events: unique(helm.flatMap((word) => HELM_EVENTS[word] ?? [])),
            weight: integer(annotation(object, 'helm.sh/hook-weight')) ?? 0,
            deletePolicies: policies(object, 'helm.sh/hook-delete-policy')
        };
    }
    const argo = words(object, ARGO);
    if (argo.length === 0)
        return undefined;
    return {
        events: unique(argo.flatMap((word) => ARGO_EVENTS[word] ?? [])),
        weight: waveOf(object),
        deletePolicies: policies(object, 'argocd.argoproj.io/hook-delete-policy')
    };
}
/** The sync wave of an object; 0 when it names none, or none that is a number. */
function waveOf(object) {
    return integer(annotation(object, WAVE)) ?? 0;
}
/** What is wrong with the annotations of hooks and waves: a typo there would silently leave an object out. */
function hookProblems(object) {
    const problems = [];
    const check = (key, known) => {
        for (const word of words(object, key))
            if (!known.includes(word))
                problems.push(`${key} is "${word}"; it knows ${known.join(', ')}`);
    };
    check(HELM, [...Object.keys(HELM_EVENTS), ...(isDefinition(object) ? ['crd-install'] : [])]);
    check(ARGO, Object.keys(ARGO_EVENTS));
    check('helm.sh/hook-delete-policy', ['before-hook-creation', 'hook-succeeded', 'hook-failed']);
    check('argocd.argoproj.io/hook-delete-policy', ['BeforeHookCreation', 'HookSucceeded', 'HookFailed']);
    for (const key of ['helm.sh/hook-weight', WAVE]) {
        const value = annotation(object, key);
        if (value !== undefined && integer(value) === undefined)
            problems.push(`${key} is "${value}", which is no whole number`);
    }
    return problems;
}
function annotation(object, key) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', key));
}
function words(object, key) {
    const text = annotation(object, key);
    if (text === undefined)
        return [];
    return text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '');
}
function policies(object, key) {
    return unique(words(object, key).flatMap((word) => POLICIES[word] ?? []));
}
function integer(text) {
    return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
function isDefinition(object) {
    return object.kind === 'CustomResourceDefinition' && (0,render_manifest/* groupOf */.F8)(object) === 'apiextensions.k8s.io';
}
function unique(list) {
    return [...new Set(list)];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/depends-on.js


const DEPENDS_ON = 'config.kubernetes.io/depends-on';
/** An object as the annotation writes it: `apps/namespaces/shop/Deployment/web`, `/Namespace/shop`. */
function referenceOf(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    const scope = namespace === undefined ? '' : `namespaces/${namespace}/`;
    return `${(0,render_manifest/* groupOf */.F8)(object)}/${scope}${object.kind}/${object.metadata.name}`;
}
/**
 * The references of an object's `config.kubernetes.io/depends-on` that are `known`, once each, and what is wrong with
 * the others (kubernetes-sigs/cli-utils, pkg/object/graph).
 */
function dependsOn(object, known) {
    const references = [];
    const problems = [];
    const text = annotation(object, DEPENDS_ON);
    if (text === undefined || text.trim() === '')
        return { references, problems };
    for (const reference of text.split(',').map((part) => part.trim())) {
        if (!isReference(reference))
            problems.push({ type: 'invalid-reference', reference });
        else if (references.includes(reference))
            problems.push({ type: 'duplicate-dependency', reference });
        else if (!known(reference))
            problems.push({ type: 'external-dependency', reference });
        else
            references.push(reference);
    }
    return { references, problems };
}
function isReference(text) {
    const parts = text.split('/');
    if (parts.slice(1).some((part) => part === ''))
        return false;
    return parts.length === 3 || (parts.length === 5 && parts[1] === 'namespaces');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/kinds.js



/** API groups that Kubernetes itself serves; an object of any other is a custom resource. */
const BUILT_IN_GROUPS = new Set([
    '',
    'admission.k8s.io',
    'admissionregistration.k8s.io',
    'apidiscovery.k8s.io',
    'apiextensions.k8s.io',
    'apiregistration.k8s.io',
    'apps',
    'authentication.k8s.io',
    'authorization.k8s.io',
    'autoscaling',
    'batch',
    'certificates.k8s.io',
    'coordination.k8s.io',
    'discovery.k8s.io',
    'events.k8s.io',
    'extensions',
    'flowcontrol.apiserver.k8s.io',
    'imagepolicy.k8s.io',
    'internal.apiserver.k8s.io',
    'metrics.k8s.io',
    'migration.k8s.io',
    'networking.k8s.io',
    'node.k8s.io',
    'policy',
    'rbac.authorization.k8s.io',
    'resource.k8s.io',
    'scheduling.k8s.io',
    'storage.k8s.io',
    'storagemigration.k8s.io'
]);
function isCustomResource(object) {
    return !BUILT_IN_GROUPS.has((0,render_manifest/* groupOf */.F8)(object));
}
/** `Kind.group`, or `Kind` of the core group: the key of the tables below, whatever the version. */
function groupKind(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    return group === '' ? object.kind : `${object.kind}.${group}`;
}
function kinds_isDefinition(object) {
    return object.kind === 'CustomResourceDefinition' && (0,render_manifest/* groupOf */.F8)(object) === 'apiextensions.k8s.io';
}
function isNamespace(object) {
    return object.kind === 'Namespace' && object.apiVersion === 'v1';
}
/** `Kind.group` that a CustomResourceDefinition defines, or undefined. */
function definedBy(object) {
    if (!kinds_isDefinition(object))
        return undefined;
    const kind = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'names', 'kind'));
    const group = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'));
    return kind !== undefined && group !== undefined ? `${kind}.${group}` : undefined;
}
/**
 * kapp's names for kinds that are ordered together (carvel-dev/kapp, pkg/kapp/config/default.go); annotations may refer
 * to them. The versions that came after kapp's table count too; a Service is not among what pods need, because a load
 * balancer would hold up everything.
 */
const CHANGE_GROUPS = {
    'storage-class': new Set(['StorageClass.storage.k8s.io', 'StorageClass.storage']),
    storage: new Set(['PersistentVolume', 'PersistentVolumeClaim']),
    'rbac-roles': new Set(['ClusterRole.rbac.authorization.k8s.io', 'Role.rbac.authorization.k8s.io']),
    'rbac-role-bindings': new Set([
        'ClusterRoleBinding.rbac.authorization.k8s.io',
        'RoleBinding.rbac.authorization.k8s.io'
    ]),
    'pod-related': new Set([
        'NetworkPolicy.extensions',
        'NetworkPolicy.networking.k8s.io',
        'ResourceQuota',
        'LimitRange',
        'PodSecurityPolicy.extensions',
        'PodSecurityPolicy.policy',
        'PodDisruptionBudget.policy',
        'PriorityClass.scheduling.k8s.io',
        'RuntimeClass.node.k8s.io',
        'ServiceAccount',
        'Secret',
        'ConfigMap'
    ]),
    serviceaccount: new Set(['ServiceAccount']),
    'kapp-controller-app': new Set(['App.kappctrl.k14s.io']),
    'kapp-controller-packageinstall': new Set(['PackageInstall.packaging.carvel.dev'])
};
const PREFIX = 'change-groups.kapp.k14s.io/';
/** The change groups that an object is in by its kind. */
function defaultChangeGroups(object) {
    const key = groupKind(object);
    const names = Object.keys(CHANGE_GROUPS).filter((name) => isIn(key, name));
    if (isIn(key, 'rbac-roles') || isIn(key, 'rbac-role-bindings'))
        names.push('rbac');
    if (isNamespace(object))
        names.push('namespaces', `namespaces-${object.metadata.name}`);
    if (kinds_isDefinition(object)) {
        names.push('crds');
        const group = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'));
        const kind = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'names', 'kind'));
        if (group && kind)
            names.push(`crds-${group}-${kind}`);
    }
    return names.map((name) => PREFIX + name);
}
function isIn(key, name) {
    return CHANGE_GROUPS[name]?.has(key) ?? false;
}
const inGroup = (...names) => {
    const keys = new Set(names.flatMap((name) => [...(CHANGE_GROUPS[name] ?? [])]));
    return (_object, key) => keys.has(key);
};
const isRole = inGroup('rbac-roles');
const isBinding = inGroup('rbac-role-bindings');
const isStorageClass = inGroup('storage-class');
const isVolume = inGroup('storage');
const isFoundation = inGroup('pod-related', 'rbac-roles', 'rbac-role-bindings', 'storage-class', 'storage');
const isServiceAccount = inGroup('serviceaccount');
const isKappApp = inGroup('kapp-controller-app', 'kapp-controller-packageinstall');
const isAccess = (object, key) => isRole(object, key) || isBinding(object, key) || isServiceAccount(object, key);
/** Ordering of an object by these rules can be switched off by an annotation of kapp's. */
function takesPart(object) {
    return annotation(object, 'kapp.k14s.io/disable-default-change-group-and-rules') === undefined;
}
/** What kapp orders by kind when it applies; most important first. */
const APPLY_RULES = [
    {
        text: 'what pods need comes before what runs or uses it',
        first: isFoundation,
        second: (object, key) => !isFoundation(object, key) && (0,render_manifest/* namespaceOf */.N6)(object) !== undefined && takesPart(object)
    },
    {
        text: 'storage classes come before volumes',
        first: isStorageClass,
        second: isVolume
    },
    {
        text: 'service accounts and roles come before apps of kapp-controller',
        first: (object, key) => isAccess(object, key) && takesPart(object),
        second: isKappApp
    },
    {
        text: 'roles come before their bindings',
        first: isRole,
        second: (object, key) => isBinding(object, key) && takesPart(object)
    }
];
/** What kapp orders by kind when it deletes; most important first. */
const DELETE_RULES = [
    {
        text: 'apps of kapp-controller go before service accounts and roles',
        first: isKappApp,
        second: (object, key) => isAccess(object, key) && takesPart(object)
    },
    {
        text: 'definitions go before what serves their conversion webhooks',
        first: kinds_isDefinition,
        second: (object) => !isCustomResource(object) && !kinds_isDefinition(object) && takesPart(object)
    },
    {
        text: 'custom resources go before their definitions',
        first: (object) => isCustomResource(object) && takesPart(object),
        second: kinds_isDefinition
    }
];
const REGISTRATIONS = new Map([
    ['MutatingWebhookConfiguration', 'admissionregistration.k8s.io'],
    ['ValidatingWebhookConfiguration', 'admissionregistration.k8s.io'],
    ['ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io'],
    ['MutatingAdmissionPolicyBinding', 'admissionregistration.k8s.io'],
    ['APIService', 'apiregistration.k8s.io']
]);
/**
 * A registration of a server of our own with the API server, or the binding that puts an admission policy into force.
 * From the moment it exists, a backend is called that is perhaps only about to start, and what is still to come may be
 * refused: so these come last.
 */
function isRegistration(object) {
    const group = object && REGISTRATIONS.get(object.kind);
    return group !== undefined && (0,render_manifest/* groupOf */.F8)(object) === group;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/kapp.js



const GROUP = 'kapp.k14s.io/change-group';
const RULE = 'kapp.k14s.io/change-rule';
/** The groups an object is in: those of its annotations (also with a suffix, `change-group.db`) and those of its kind. */
function changeGroupsOf(object) {
    return [
        ...annotations(object, GROUP).flatMap(([, value]) => fill(value, object) ?? []),
        ...defaultChangeGroups(object)
    ];
}
/**
 * The rules of an object's annotations. Rules across operations (`upsert before deleting …`) are true by themselves or
 * cannot be, because deleting comes after all applying here: they are left out, as in kapp where nothing is deleted.
 */
function changeRulesOf(object) {
    const rules = [];
    const problems = [];
    for (const [key, value] of annotations(object, RULE)) {
        const match = /^(upsert|delete)\s+(before|after)\s+(upserting|deleting)\s+(\S+)$/.exec(value.trim());
        const [, operation, order, other, name] = match ?? [];
        const group = name === undefined ? undefined : fill(name, object);
        if ((operation !== 'upsert' && operation !== 'delete') ||
            (order !== 'before' && order !== 'after') ||
            group === undefined) {
            problems.push(`${key} is "${value}"; it must be of the form "upsert after upserting GROUP" (or delete, before, deleting)`);
            continue;
        }
        const same = other === (operation === 'upsert' ? 'upserting' : 'deleting');
        if (same)
            rules.push({ operation, order, group, text: `${key}: ${value.trim()}` });
    }
    return { rules, problems };
}
function annotations(object, key) {
    return Object.entries((0,json/* asObject */.eB)((0,json.at)(object, 'metadata', 'annotations')) ?? {}).flatMap(([name, value]) => (name === key || name.startsWith(`${key}.`)) && typeof value === 'string' ? [[name, value]] : []);
}
/** Fills `{name}`, `{namespace}`, `{kind}`, `{api-group}`, `{crd-kind}`, `{crd-group}` in; undefined when one has no value. */
function fill(text, object) {
    const values = {
        name: object.metadata.name,
        namespace: (0,render_manifest/* namespaceOf */.N6)(object),
        kind: object.kind,
        'api-group': (0,render_manifest/* groupOf */.F8)(object),
        'crd-kind': (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'names', 'kind')),
        'crd-group': (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'))
    };
    let complete = true;
    const filled = text.trim().replace(/\{([^}]*)\}/g, (_whole, name) => {
        const value = values[name];
        if (value === undefined)
            complete = false;
        return value ?? '';
    });
    return complete ? filled : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/uses.js


/**
 * What an object refers to by name, as `Kind.group/namespace/name` (without the parts that are empty): the objects that
 * should be there before it. Only references that the API itself defines; guesses about custom resources are none.
 */
function usesOf(object) {
    const uses = new Uses((0,render_manifest/* namespaceOf */.N6)(object) ?? '');
    const spec = podSpecOf(object);
    if (spec !== undefined)
        readPodSpec(spec, uses);
    readOwnFields(object, uses);
    return [...uses.found];
}
/** The key under which `usesOf` names an object. */
function useKey(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    return key(group === '' ? object.kind : `${object.kind}.${group}`, (0,render_manifest/* namespaceOf */.N6)(object) ?? '', object.metadata.name);
}
function key(kind, namespace, name) {
    return [kind, namespace, name].filter(Boolean).join('/');
}
class Uses {
    found = new Set();
    #namespace;
    constructor(namespace) {
        this.#namespace = namespace;
    }
    /** An object in the same namespace. */
    local(kind, name) {
        if (typeof name === 'string' && name !== '')
            this.found.add(key(kind, this.#namespace, name));
    }
    /** An object of the whole cluster. */
    global(kind, name) {
        if (typeof name === 'string' && name !== '')
            this.found.add(key(kind, '', name));
    }
}
/** The pod template inside a workload of any built-in kind (a Pod is its own): metadata and spec. */
function podTemplateOf(object) {
    switch (`${object.kind}.${(0,render_manifest/* groupOf */.F8)(object)}`) {
        case 'Pod.':
            return object;
        case 'PodTemplate.':
            return object['template'];
        case 'ReplicationController.':
        case 'Deployment.apps':
        case 'ReplicaSet.apps':
        case 'StatefulSet.apps':
        case 'DaemonSet.apps':
        case 'Job.batch':
            return (0,json.at)(object, 'spec', 'template');
        case 'CronJob.batch':
            return (0,json.at)(object, 'spec', 'jobTemplate', 'spec', 'template');
        default:
            return undefined;
    }
}
/** The pod specification inside a workload of any built-in kind. */
function podSpecOf(object) {
    return (0,json.at)(podTemplateOf(object), 'spec');
}
function readPodSpec(spec, uses) {
    uses.local('ServiceAccount', (0,json.at)(spec, 'serviceAccountName') ?? (0,json.at)(spec, 'serviceAccount'));
    uses.global('PriorityClass.scheduling.k8s.io', (0,json.at)(spec, 'priorityClassName'));
    uses.global('RuntimeClass.node.k8s.io', (0,json.at)(spec, 'runtimeClassName'));
    for (const secret of items(spec, 'imagePullSecrets'))
        uses.local('Secret', (0,json.at)(secret, 'name'));
    for (const claim of items(spec, 'resourceClaims'))
        uses.local('ResourceClaimTemplate.resource.k8s.io', (0,json.at)(claim, 'resourceClaimTemplateName'));
    for (const volume of items(spec, 'volumes'))
        readVolume(volume, uses);
    for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
        for (const container of items(spec, list)) {
            for (const source of items(container, 'envFrom')) {
                uses.local('ConfigMap', (0,json.at)(source, 'configMapRef', 'name'));
                uses.local('Secret', (0,json.at)(source, 'secretRef', 'name'));
            }
            for (const variable of items(container, 'env')) {
                uses.local('ConfigMap', (0,json.at)(variable, 'valueFrom', 'configMapKeyRef', 'name'));
                uses.local('Secret', (0,json.at)(variable, 'valueFrom', 'secretKeyRef', 'name'));
            }
        }
}
function readVolume(volume, uses) {
    uses.local('ConfigMap', (0,json.at)(volume, 'configMap', 'name'));
    uses.local('Secret', (0,json.at)(volume, 'secret', 'secretName'));
    uses.local('PersistentVolumeClaim', (0,json.at)(volume, 'persistentVolumeClaim', 'claimName'));
    uses.local('Secret', (0,json.at)(volume, 'csi', 'nodePublishSecretRef', 'name'));
    for (const source of items((0,json.at)(volume, 'projected'), 'sources')) {
        uses.local('ConfigMap', (0,json.at)(source, 'configMap', 'name'));
        uses.local('Secret', (0,json.at)(source, 'secret', 'name'));
    }
}
function readOwnFields(object, uses) {
    switch (`${object.kind}.${(0,render_manifest/* groupOf */.F8)(object)}`) {
        case 'StatefulSet.apps':
            for (const claim of items((0,json.at)(object, 'spec'), 'volumeClaimTemplates'))
                uses.global('StorageClass.storage.k8s.io', (0,json.at)(claim, 'spec', 'storageClassName'));
            break;
        case 'PersistentVolumeClaim.':
            uses.global('StorageClass.storage.k8s.io', (0,json.at)(object, 'spec', 'storageClassName'));
            uses.global('PersistentVolume', (0,json.at)(object, 'spec', 'volumeName'));
            break;
        case 'Ingress.networking.k8s.io':
            uses.global('IngressClass.networking.k8s.io', (0,json.at)(object, 'spec', 'ingressClassName'));
            for (const tls of items((0,json.at)(object, 'spec'), 'tls'))
                uses.local('Secret', (0,json.at)(tls, 'secretName'));
            break;
        case 'ServiceAccount.':
            for (const secret of (0,json/* asList */.DD)(object['imagePullSecrets']) ?? [])
                uses.local('Secret', (0,json.at)(secret, 'name'));
            break;
        case 'Secret.':
            // The token controller deletes such a Secret when it finds no account.
            if (object['type'] === 'kubernetes.io/service-account-token')
                uses.local('ServiceAccount', (0,json.at)(object, 'metadata', 'annotations', 'kubernetes.io/service-account.name'));
            break;
        case 'RoleBinding.rbac.authorization.k8s.io':
        case 'ClusterRoleBinding.rbac.authorization.k8s.io': {
            const name = (0,json.at)(object, 'roleRef', 'name');
            if ((0,json/* asString */.oJ)((0,json.at)(object, 'roleRef', 'kind')) === 'Role')
                uses.local('Role.rbac.authorization.k8s.io', name);
            else
                uses.global('ClusterRole.rbac.authorization.k8s.io', name);
            break;
        }
        case 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io':
            uses.global('ValidatingAdmissionPolicy.admissionregistration.k8s.io', (0,json.at)(object, 'spec', 'policyName'));
            break;
        case 'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io':
            uses.global('MutatingAdmissionPolicy.admissionregistration.k8s.io', (0,json.at)(object, 'spec', 'policyName'));
            break;
        case 'Gateway.gateway.networking.k8s.io':
            uses.global('GatewayClass.gateway.networking.k8s.io', (0,json.at)(object, 'spec', 'gatewayClassName'));
            break;
        default:
    }
}
function items(value, name) {
    return (0,json/* asList */.DD)((0,json/* asObject */.eB)(value)?.[name]) ?? [];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/edges.js





const IN_NAMESPACE = { text: 'it lies in that namespace', healthy: false };
const OF_DEFINITION = { text: 'it is of the kind that this defines', healthy: true };
const DECLARED = { text: DEPENDS_ON, healthy: true, written: true };
const USED = { text: 'it refers to it', healthy: false };
function namespaceEdges(graph, objects, reverse = false) {
    const namespaces = new Map();
    for (const [index, object] of objects.entries())
        if (isNamespace(object))
            namespaces.set(object.metadata.name, index);
    if (namespaces.size === 0)
        return;
    for (const [index, object] of objects.entries()) {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
        const home = namespace === undefined ? undefined : namespaces.get(namespace);
        if (home !== undefined && home !== index)
            edge(graph, index, home, IN_NAMESPACE, reverse);
    }
}
function definitionEdges(graph, objects, reverse = false) {
    const definitions = new Map();
    for (const [index, object] of objects.entries()) {
        const defined = definedBy(object);
        if (defined !== undefined)
            definitions.set(defined, index);
    }
    if (definitions.size === 0)
        return;
    for (const [index, object] of objects.entries()) {
        const definition = isCustomResource(object) ? definitions.get(`${object.kind}.${(0,render_manifest/* groupOf */.F8)(object)}`) : undefined;
        if (definition !== undefined)
            edge(graph, index, definition, OF_DEFINITION, reverse);
    }
}
/** Problems are returned with the index of the object; the references that are right count all the same. */
function dependsOnEdges(graph, objects, reverse = false, elsewhere = () => false) {
    const problems = [];
    let byReference;
    for (const [index, object] of objects.entries()) {
        if (object.metadata['annotations'] === undefined)
            continue;
        byReference ??= new Map(objects.map((one, at) => [referenceOf(one), at]));
        const known = byReference;
        const found = dependsOn(object, (reference) => known.has(reference) || elsewhere(reference));
        for (const problem of found.problems)
            problems.push({ index, problem });
        for (const reference of found.references) {
            const dependency = known.get(reference);
            if (dependency !== undefined)
                edge(graph, index, dependency, DECLARED, reverse);
        }
    }
    return problems;
}
/** The change rules of kapp's annotations for one operation; they mean what they say for it, nothing is reversed. */
function changeRuleEdges(graph, objects, operation) {
    const rules = objects.map((object) => object.metadata['annotations'] === undefined
        ? []
        : changeRulesOf(object).rules.filter((rule) => rule.operation === operation));
    const named = new Set(rules.flat().map((rule) => rule.group));
    if (named.size === 0)
        return;
    const members = new Map();
    for (const [index, object] of objects.entries())
        for (const group of new Set(changeGroupsOf(object))) {
            if (!named.has(group))
                continue;
            const list = members.get(group);
            if (list)
                list.push(index);
            else
                members.set(group, [index]);
        }
    // Many objects with the same rule share one hidden node.
    const shared = new Map();
    for (const [index, own] of rules.entries())
        for (const rule of own) {
            const key = `${rule.order} ${rule.group}`;
            const entry = shared.get(key) ?? {
                nodes: [],
                group: members.get(rule.group) ?? [],
                before: rule.order === 'before',
                text: rule.text
            };
            if (entry.nodes.at(-1) !== index)
                entry.nodes.push(index);
            shared.set(key, entry);
        }
    for (const { nodes, group, before, text } of shared.values()) {
        const reason = { text, healthy: true, written: true };
        if (before)
            graph.waitAll(group, nodes, reason);
        else
            graph.waitAll(nodes, group, reason);
    }
}
/** Rules of thumb by kind; a pair that would close a cycle is left out. */
function preferenceEdges(graph, objects, rules) {
    const keys = objects.map(groupKind);
    for (const rule of rules) {
        const first = [];
        const second = [];
        for (const [index, object] of objects.entries()) {
            const key = keys[index] ?? '';
            if (rule.second(object, key))
                second.push(index);
            else if (rule.first(object, key))
                first.push(index);
        }
        graph.preferAll(second, first, { text: rule.text, healthy: false });
    }
}
/** References by name (a pod's ConfigMap, a binding's role); one that would close a cycle is left out. */
function useEdges(graph, objects, reverse = false) {
    const byKey = new Map(objects.map((object, index) => [useKey(object), index]));
    const pairs = [];
    for (const [user, object] of objects.entries())
        for (const name of usesOf(object)) {
            const used = byKey.get(name);
            if (used !== undefined && used !== user)
                pairs.push(reverse ? [used, user] : [user, used]);
        }
    graph.preferPairs(pairs, USED);
}
function edge(graph, node, dependency, reason, reverse) {
    if (reverse)
        graph.wait(dependency, node, reason);
    else
        graph.wait(node, dependency, reason);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/graph.js
const VIA = { text: '', healthy: false };
const NOTHING = [];
/**
 * Who waits for whom, over the indexes of a list of objects. Groups of objects that wait for groups of others are
 * joined by hidden nodes, so that "all of these after all of those" costs n + m edges, not n × m.
 */
class Graph {
    /** Number of objects; larger node numbers are hidden ones. */
    size;
    #count;
    // Lists are made when they are needed: of 10,000 objects most wait for nothing or little.
    #waitsFor;
    #reasons;
    constructor(size) {
        this.size = size;
        this.#count = size;
        this.#waitsFor = new Array(size);
        this.#reasons = new Array(size);
    }
    /** A hidden node: waiting for it is waiting for everything that it waits for. */
    join() {
        return this.#count++;
    }
    wait(node, dependency, reason = VIA) {
        const waitsFor = this.#waitsFor[node];
        if (waitsFor) {
            waitsFor.push(dependency);
            this.#reasons[node]?.push(reason);
        }
        else {
            this.#waitsFor[node] = [dependency];
            this.#reasons[node] = [reason];
        }
    }
    #of(node) {
        return this.#waitsFor[node] ?? NOTHING;
    }
    /** Every `node` waits for every one of `dependencies`, except for itself. */
    waitAll(nodes, dependencies, reason) {
        if (nodes.length === 0 || dependencies.length === 0)
            return;
        const both = new Set(dependencies);
        const mixed = nodes.some((node) => both.has(node));
        if (mixed || nodes.length === 1 || dependencies.length === 1) {
            for (const node of nodes)
                for (const dependency of dependencies)
                    if (node !== dependency)
                        this.wait(node, dependency, reason);
            return;
        }
        const join = this.join();
        for (const dependency of dependencies)
            this.wait(join, dependency, reason);
        for (const node of nodes)
            this.wait(node, join, reason);
    }
    /**
     * As `waitAll`, but leaves out every pair that would close a cycle: for rules of thumb that an explicit rule
     * overrules. The two lists must not share a node.
     */
    preferAll(nodes, dependencies, reason) {
        if (nodes.length === 0 || dependencies.length === 0)
            return;
        const wanted = new Set(nodes);
        const entangled = this.#thatReach(wanted, dependencies);
        // One hidden node per set of nodes that must not wait; almost always there is just the one for the empty set.
        const joins = new Map();
        for (const dependency of dependencies) {
            const blocked = entangled.has(dependency) ? this.#reachedAmong(dependency, wanted) : [];
            if (blocked.length === nodes.length)
                continue;
            const key = blocked.join(',');
            let join = joins.get(key);
            if (join === undefined) {
                join = this.join();
                joins.set(key, join);
                const not = new Set(blocked);
                for (const node of nodes)
                    if (!not.has(node))
                        this.wait(node, join, reason);
            }
            this.wait(join, dependency, reason);
        }
    }
    /** As `preferAll`, for single pairs of a node and what it should wait for. */
    preferPairs(pairs, reason) {
        if (pairs.length === 0)
            return;
        const nodes = new Set(pairs.map(([node]) => node));
        const dependencies = pairs.map(([, dependency]) => dependency);
        const entangled = this.#thatReach(nodes, dependencies);
        const left = new Map();
        for (const [node, dependency] of pairs) {
            if (!entangled.has(dependency) && !nodes.has(dependency))
                this.wait(node, dependency, reason);
            else
                left.set(dependency, [...(left.get(dependency) ?? []), node]);
        }
        for (const [dependency, waiting] of left) {
            const blocked = new Set(this.#reachedAmong(dependency, new Set(waiting)));
            for (const node of waiting)
                if (!blocked.has(node))
                    this.wait(node, dependency, reason);
        }
    }
    /** The nodes that something waits for. */
    awaited() {
        const found = new Set();
        for (const waitsFor of this.#waitsFor)
            for (const dependency of waitsFor ?? NOTHING)
                found.add(dependency);
        return found;
    }
    /** The objects that `node` waits for directly, hidden nodes looked through; with `healthyOnly` those that must be healthy. */
    dependencies(node, healthyOnly = false) {
        const found = new Set();
        const seen = new Set();
        const visit = (at) => {
            const reasons = this.#reasons[at] ?? [];
            for (const [index, next] of this.#of(at).entries()) {
                if (healthyOnly && !reasons[index]?.healthy)
                    continue;
                if (next < this.size)
                    found.add(next);
                else if (!seen.has(next)) {
                    seen.add(next);
                    visit(next);
                }
            }
        };
        visit(node);
        return [...found];
    }
    /**
     * The objects in levels: each at the earliest at which all it waits for stand in earlier ones, in the order of the
     * list. Objects of a cycle, and what waits for them, are left out: ask `cycle` before.
     */
    levels() {
        const count = this.#count;
        const open = new Int32Array(count);
        const depth = new Int32Array(count);
        const dependents = this.#dependents();
        const ready = [];
        for (let node = 0; node < count; node++) {
            open[node] = this.#of(node).length;
            if (open[node] === 0)
                ready.push(node);
        }
        const levels = [];
        const done = [];
        for (let index = 0; index < ready.length; index++) {
            const node = ready[index] ?? 0;
            if (node < this.size)
                done.push(node);
            const reached = (depth[node] ?? 0) + (node < this.size ? 1 : 0);
            for (let at = dependents.start[node] ?? 0; at < (dependents.start[node + 1] ?? 0); at++) {
                const dependent = dependents.list[at] ?? 0;
                if ((depth[dependent] ?? 0) < reached)
                    depth[dependent] = reached;
                const left = (open[dependent] ?? 1) - 1;
                open[dependent] = left;
                if (left === 0)
                    ready.push(dependent);
            }
        }
        for (const node of done.sort((a, b) => a - b)) {
            const level = depth[node] ?? 0;
            while (levels.length <= level)
                levels.push([]);
            levels[level]?.push(node);
        }
        return levels;
    }
    /** A cycle, if there is one: the first that a walk along the list comes upon, so the same input names the same. */
    cycle() {
        const state = new Uint8Array(this.#count); // 0 new, 1 on the path, 2 done
        for (let start = 0; start < this.size; start++) {
            if (state[start] !== 0)
                continue;
            const path = [start];
            const next = [0];
            state[start] = 1;
            while (path.length > 0) {
                const node = path[path.length - 1] ?? 0;
                const index = next[next.length - 1] ?? 0;
                const dependency = this.#of(node)[index];
                if (dependency === undefined) {
                    state[node] = 2;
                    path.pop();
                    next.pop();
                    continue;
                }
                next[next.length - 1] = index + 1;
                if (state[dependency] === 1)
                    return this.#steps(path.slice(path.indexOf(dependency)));
                if (state[dependency] === 0) {
                    state[dependency] = 1;
                    path.push(dependency);
                    next.push(0);
                }
            }
        }
        return undefined;
    }
    /** Takes the edges from `node` to `dependency` (which may go through one hidden node) away. */
    forget(step) {
        const remove = (node, dependency) => {
            const edges = this.#waitsFor[node] ?? [];
            const reasons = this.#reasons[node] ?? [];
            for (let index = edges.length - 1; index >= 0; index--) {
                if (edges[index] !== dependency)
                    continue;
                edges.splice(index, 1);
                reasons.splice(index, 1);
            }
        };
        for (const next of [...(this.#waitsFor[step.from] ?? [])]) {
            if (next >= this.size && this.#waitsFor[next]?.includes(step.to))
                remove(step.from, next);
        }
        remove(step.from, step.to);
    }
    #steps(cycle) {
        const objects = cycle.findIndex((node) => node < this.size);
        const turned = [...cycle.slice(objects), ...cycle.slice(0, objects)];
        const steps = [];
        let from = turned[0] ?? 0;
        let reason;
        for (let index = 0; index < turned.length; index++) {
            const node = turned[index] ?? 0;
            const next = turned[(index + 1) % turned.length] ?? 0;
            reason ??= this.#reasons[node]?.[this.#waitsFor[node]?.indexOf(next) ?? 0] ?? VIA;
            if (next >= this.size)
                continue;
            steps.push({ from, to: next, reason });
            from = next;
            reason = undefined;
        }
        return steps;
    }
    /** Who waits for each node: those of `node` stand in `list` from `start[node]` up to `start[node + 1]`. */
    #dependents() {
        const start = new Int32Array(this.#count + 1);
        for (let node = 0; node < this.#count; node++)
            for (const dependency of this.#of(node))
                start[dependency + 1] = (start[dependency + 1] ?? 0) + 1;
        for (let node = 0; node < this.#count; node++)
            start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
        const next = start.slice();
        const list = new Int32Array(start[this.#count] ?? 0);
        for (let node = 0; node < this.#count; node++)
            for (const dependency of this.#of(node)) {
                const at = next[dependency] ?? 0;
                list[at] = node;
                next[dependency] = at + 1;
            }
        return { start, list };
    }
    /** Those of `starts` from which a way leads to one of `targets`. The graph must have no cycle. */
    #thatReach(targets, starts) {
        const state = new Uint8Array(this.#count); // 0 not known, 1 does not reach, 2 reaches
        for (const start of starts) {
            const path = state[start] === 0 ? [start] : [];
            const next = [0];
            for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
                const index = next.at(-1) ?? 0;
                const dependency = this.#of(node)[index];
                if (state[node] === 0 && dependency !== undefined) {
                    if (targets.has(dependency) || state[dependency] === 2)
                        state[node] = 2;
                    else if (state[dependency] === 0) {
                        path.push(dependency);
                        next.push(0);
                        continue; // asked again for this dependency when it is known
                    }
                    else
                        next[next.length - 1] = index + 1;
                    continue;
                }
                if (state[node] === 0)
                    state[node] = 1;
                path.pop();
                next.pop();
            }
        }
        return new Set(starts.filter((start) => state[start] === 2));
    }
    #reachedAmong(start, wanted) {
        const seen = new Set([start]);
        const queue = [start];
        for (let index = 0; index < queue.length; index++)
            for (const next of this.#of(queue[index] ?? 0))
                if (!seen.has(next)) {
                    seen.add(next);
                    queue.push(next);
                }
        return queue.filter((node) => wanted.has(node)).sort((a, b) => a - b);
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/problems.js



/** `Deployment shop/web`. */
function nameOf(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
}
/** `file:line: `, or nothing. */
function placeOf(manifest) {
    const { file, line } = manifest.source;
    return file === '' ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
}
/** The cycle as `A → B → A` (each waits for the next), with one detail per step. */
function cycleError(cycle, manifests) {
    const name = (index) => {
        const manifest = manifests[index];
        return manifest ? nameOf(manifest.object) : '';
    };
    const path = [...cycle.map((step) => name(step.from)), name(cycle[0]?.from ?? 0)].join(' → ');
    return new errors/* GitOpsError */.$(`These objects wait for each other, so none of them can be the first: ${path}.`, {
        hint: 'Take one of the rules between them away.',
        details: cycle.map((step) => {
            const manifest = manifests[step.from];
            return `${manifest ? placeOf(manifest) : ''}${name(step.from)} waits for ${name(step.to)}: ${step.reason.text}`;
        })
    });
}
/** `dependsOn` with its problems in words. */
function dependsOnText(object, known) {
    const found = dependsOn(object, known);
    return {
        references: found.references,
        problems: found.problems.map(inWords)
    };
}
function inWords({ type, reference }) {
    switch (type) {
        case 'invalid-reference':
            return `${DEPENDS_ON} has "${reference}", which must be group/namespaces/NAMESPACE/Kind/name or group/Kind/name`;
        case 'duplicate-dependency':
            return `${DEPENDS_ON} names ${reference} twice`;
        case 'external-dependency':
            return `${DEPENDS_ON} names ${reference}, which is not among these manifests`;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/registrations.js




const SERVED = { text: 'it is of a kind that this serves', healthy: true };
const BACKEND = { text: 'it calls this', healthy: false };
const LAST = { text: 'webhooks, API services and policies in force come last', healthy: false };
/** Objects of an API that an APIService of the same set brings wait until it is available. */
function apiServiceEdges(graph, objects, reverse = false) {
    const services = new Map();
    for (const [index, object] of objects.entries())
        if (object.kind === 'APIService' && isRegistration(object) && (0,json.at)(object, 'spec', 'service') !== undefined)
            services.set(`${(0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'))}/${(0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'version'))}`, index);
    if (services.size === 0)
        return;
    for (const [index, object] of objects.entries()) {
        const service = (0,render_manifest/* groupOf */.F8)(object) === '' ? undefined : services.get(object.apiVersion);
        if (service === undefined)
            continue;
        if (reverse)
            graph.wait(service, index, SERVED);
        else
            graph.wait(index, service, SERVED);
    }
}
/**
 * Registrations come after the Service and the pods that they call; those that nothing waits for come after everything.
 */
function registrationEdges(graph, objects) {
    const [registrations, first] = split(objects);
    if (registrations.length === 0)
        return;
    graph.preferPairs(registrations.flatMap((index) => backendsOf(objects[index], objects).map((backend) => [index, backend])), BACKEND);
    const awaited = graph.awaited();
    const last = registrations.filter((index) => !awaited.has(index));
    graph.preferAll(last, first, LAST);
}
/** In deleting, registrations go before the backends that they call. */
function registrationEdgesForDelete(graph, objects) {
    const [registrations, others] = split(objects);
    graph.preferAll(others, registrations, LAST);
}
function split(objects) {
    const [registrations, others] = [[], []];
    for (const [index, object] of objects.entries())
        (isRegistration(object) ? registrations : others).push(index);
    return [registrations, others];
}
/** The backends, among the objects of `earlier` levels, of the registrations in a level: all are indexes of `objects`. */
function backendsOfLevel(level, objects, earlier) {
    const found = level.flatMap((index) => {
        const object = objects[index];
        return object && isRegistration(object) ? backendsOf(object, objects) : [];
    });
    return [...new Set(found)].filter((index) => earlier.has(index)).sort((a, b) => a - b);
}
/** The Services that a registration calls, and the workloads whose pods stand behind them. */
function backendsOf(registration, objects) {
    const called = [
        (0,json.at)(registration, 'spec', 'service'),
        ...((0,json/* asList */.DD)(registration?.['webhooks']) ?? []).map((webhook) => (0,json.at)(webhook, 'clientConfig', 'service'))
    ];
    const names = new Set(called.map((service) => `${(0,json/* asString */.oJ)((0,json.at)(service, 'namespace'))}/${(0,json/* asString */.oJ)((0,json.at)(service, 'name'))}`));
    const backends = [];
    for (const [index, object] of objects.entries()) {
        if (groupKind(object) !== 'Service' || !names.has(`${(0,render_manifest/* namespaceOf */.N6)(object)}/${object.metadata.name}`))
            continue;
        backends.push(index);
        for (const [pods, workload] of objects.entries())
            if ((0,render_manifest/* namespaceOf */.N6)(workload) === (0,render_manifest/* namespaceOf */.N6)(object) && selects((0,json.at)(object, 'spec', 'selector'), workload))
                backends.push(pods);
    }
    return backends;
}
function selects(selector, workload) {
    const wanted = Object.entries((0,json/* asObject */.eB)(selector) ?? {});
    const template = podTemplateOf(workload);
    return (wanted.length > 0 &&
        template !== undefined &&
        wanted.every(([key, value]) => (0,json.at)(template, 'metadata', 'labels', key) === value));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/apply.js











/**
 * The order in which to apply: as few levels as the rules allow, each as wide as possible. Hooks that do not belong to
 * the event are left out. The same manifests give the same levels.
 * @throws GitOpsError for rules that cannot be kept: a cycle (named), a reference to an object that is not in the set,
 *   an annotation that is not understood. One detail per problem, with its place.
 */
function orderForApply(manifests, options) {
    checkAnnotations(manifests);
    const parts = partsOf(manifests, options.event);
    checkAcrossParts(parts, manifests);
    const levels = [];
    for (const [index, part] of parts.entries()) {
        const ordered = orderPart(part);
        const before = parts[index - 1];
        // A wave (or hook) starts when what comes before is healthy; hooks after the deploy when all that was deployed is.
        if (ordered[0] && before?.phase === 'main')
            ordered[0].requires.push(...(part.phase === 'after' ? mainOf(parts) : mainOf([before])));
        levels.push(...ordered);
    }
    return levels;
}
/** The hooks to run after a deploy that failed (Argo's SyncFail), in the order of their waves. */
function failureHooks(manifests) {
    return hookParts(manifests, ['sync-fail'], 'after').flatMap(orderPart);
}
function mainOf(parts) {
    return parts
        .filter((part) => part.phase === 'main')
        .flatMap((part) => part.manifests.filter((one) => !hookOf(one.object)));
}
function partsOf(manifests, event) {
    const before = hookParts(manifests, [`pre-${event}`], 'before');
    const after = hookParts(manifests, [`post-${event}`], 'after');
    const main = manifests.filter((manifest) => hookOf(manifest.object)?.events.includes('sync') ?? true);
    const needed = neededBy(before.flatMap((part) => part.manifests).map((manifest) => manifest.object));
    const first = main.filter((manifest) => needed(manifest.object));
    const rest = main.filter((manifest) => !needed(manifest.object));
    const foundation = first.length > 0 ? [{ phase: 'main', title: 'what hooks need', manifests: first }] : [];
    return [...foundation, ...before, ...waves(rest), ...after];
}
/** Hooks by weight. An object that is a hook of two phases is run in both. */
function hookParts(manifests, events, phase) {
    const byWeight = new Map();
    for (const manifest of manifests) {
        const hook = hookOf(manifest.object);
        if (!hook?.events.some((event) => events.includes(event)))
            continue;
        byWeight.set(hook.weight, [...(byWeight.get(hook.weight) ?? []), manifest]);
    }
    return [...byWeight]
        .sort(([a], [b]) => a - b)
        .map(([weight, list]) => ({ phase, title: `hook weight ${weight}`, manifests: list }));
}
/** Namespaces and definitions without which hooks cannot exist: they go first, though they are no hooks themselves. */
function neededBy(hooks) {
    const namespaces = new Set(hooks.map(render_manifest/* namespaceOf */.N6));
    const kinds = new Set(hooks.filter(isCustomResource).map((hook) => `${hook.kind}.${(0,render_manifest/* groupOf */.F8)(hook)}`));
    return (object) => {
        if (isNamespace(object))
            return namespaces.has(object.metadata.name);
        const defined = definedBy(object);
        return defined !== undefined && kinds.has(defined);
    };
}
/**
 * Sync waves. A Namespace or definition moves up to the wave of the first object that cannot exist without it, as Argo
 * does it: its own wave is a wish then, not a rule.
 */
function waves(manifests) {
    const wave = new Map(manifests.map((manifest) => [manifest, waveOf(manifest.object)]));
    if (new Set(wave.values()).size > 1) {
        const earliest = new Map();
        const lower = (key, value) => earliest.set(key, Math.min(value, earliest.get(key) ?? value));
        for (const manifest of manifests) {
            const { object } = manifest;
            const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
            if (namespace !== undefined)
                lower(`namespace ${namespace}`, wave.get(manifest) ?? 0);
            if (isCustomResource(object))
                lower(`kind ${object.kind}.${(0,render_manifest/* groupOf */.F8)(object)}`, wave.get(manifest) ?? 0);
        }
        for (const manifest of manifests) {
            const defined = definedBy(manifest.object);
            const key = isNamespace(manifest.object) ? `namespace ${manifest.object.metadata.name}` : `kind ${defined}`;
            wave.set(manifest, Math.min(wave.get(manifest) ?? 0, earliest.get(key) ?? Number.POSITIVE_INFINITY));
        }
    }
    const byWave = new Map();
    for (const manifest of manifests) {
        const key = wave.get(manifest) ?? 0;
        const list = byWave.get(key);
        if (list)
            list.push(manifest);
        else
            byWave.set(key, [manifest]);
    }
    return [...byWave]
        .sort(([a], [b]) => a - b)
        .map(([number, list]) => ({ phase: 'main', title: `sync wave ${number}`, manifests: list }));
}
function orderPart(part) {
    const { manifests, phase } = part;
    const objects = manifests.map((manifest) => manifest.object);
    const graph = new Graph(objects.length);
    namespaceEdges(graph, objects);
    definitionEdges(graph, objects);
    apiServiceEdges(graph, objects);
    dependsOnEdges(graph, objects);
    changeRuleEdges(graph, objects, 'upsert');
    const cycle = graph.cycle();
    if (cycle)
        throw cycleError(cycle, manifests);
    useEdges(graph, objects);
    preferenceEdges(graph, objects, APPLY_RULES);
    registrationEdges(graph, objects);
    if (phase !== 'main')
        preferenceEdges(graph, objects, [WORKLOADS_LAST]);
    const earlier = new Set();
    return graph.levels().flatMap((level) => {
        const backends = backendsOfLevel(level, objects, earlier).flatMap((index) => manifests[index] ?? []);
        for (const index of level)
            earlier.add(index);
        return splitHooks(level, graph, { ...part, backends });
    });
}
/** Hooks of one weight: a Job starts when the accounts and settings of the same weight are there (Helm sorts by kind). */
const WORKLOADS_LAST = {
    text: 'workloads come last among hooks of one weight',
    first: (object) => podSpecOf(object) === undefined,
    second: (object) => podSpecOf(object) !== undefined
};
/** Argo's Sync hooks stand in the graph like any object; to be run they get a level of their own. */
function splitHooks(level, graph, { manifests, phase, backends }) {
    const pick = (indexes) => [...indexes].map((index) => manifests[index]).filter((one) => one !== undefined);
    const required = new Set(level.flatMap((index) => graph.dependencies(index, true)));
    const requires = pick([...required].sort((a, b) => a - b)).filter((manifest) => !hookOf(manifest.object));
    if (phase !== 'main')
        return [{ phase, manifests: pick(level), requires, backends }];
    const main = pick(level).filter((manifest) => !hookOf(manifest.object));
    const hooks = pick(level).filter((manifest) => hookOf(manifest.object));
    const levels = [];
    if (main.length > 0)
        levels.push({ phase: 'main', manifests: main, requires, backends });
    if (hooks.length > 0)
        levels.push({ phase: 'before', manifests: hooks, requires: main.length > 0 ? [] : requires, backends: [] });
    return levels;
}
function checkAnnotations(manifests) {
    const details = manifests.flatMap((manifest) => {
        const { object } = manifest;
        if (object.metadata['annotations'] === undefined)
            return [];
        return [...hookProblems(object), ...changeRulesOf(object).problems].map((problem) => `${placeOf(manifest)}${nameOf(object)}: ${problem}`);
    });
    if (details.length > 0)
        throw new errors/* GitOpsError */.$(`The order of applying is not clear: ${details[0]}${more(details)}.`, {
            hint: 'Correct these annotations: with a typo in them an object would be left out, or applied at the wrong time.',
            details
        });
}
/** Explicit rules between objects of different parts: true already, or contradictory. */
function checkAcrossParts(parts, manifests) {
    const partOf = new Map();
    for (const [index, part] of parts.entries())
        for (const one of part.manifests)
            if (!partOf.has(one))
                partOf.set(one, index);
    const details = [...dependsOnProblems(parts, partOf, manifests), ...changeRuleProblems(parts, partOf)];
    if (details.length > 0)
        throw new errors/* GitOpsError */.$(`The order of applying is contradictory: ${details[0]}${more(details)}.`, {
            hint: `Compare ${WAVE}, hooks and the rules named above; or leave one of them out.`,
            details
        });
}
function dependsOnProblems(parts, partOf, manifests) {
    const waiting = manifests.filter((manifest) => annotation(manifest.object, DEPENDS_ON) !== undefined);
    if (waiting.length === 0)
        return [];
    const byReference = new Map(manifests.map((manifest) => [referenceOf(manifest.object), manifest]));
    return waiting.flatMap((manifest) => {
        const { references, problems } = dependsOnText(manifest.object, (target) => byReference.has(target));
        const details = problems.map((problem) => `${placeOf(manifest)}${nameOf(manifest.object)}: ${problem}`);
        for (const reference of references) {
            const target = byReference.get(reference);
            const [own, other] = [partOf.get(manifest), target && partOf.get(target)];
            // An object that is in no part is a hook of another event: it does not exist now, and nothing waits for it.
            if (target && own !== undefined && other !== undefined && other > own)
                details.push(tooLate(manifest, target, [parts[own], parts[other]], DEPENDS_ON));
        }
        return details;
    });
}
function changeRuleProblems(parts, partOf) {
    if (parts.length < 2)
        return [];
    const ruled = [...partOf].flatMap(([manifest, part]) => changeRulesOf(manifest.object).rules.flatMap((rule) => rule.operation === 'upsert' ? [{ manifest, part, rule }] : []));
    if (ruled.length === 0)
        return [];
    const named = new Set(ruled.map(({ rule }) => rule.group));
    const members = new Map();
    for (const manifest of partOf.keys())
        for (const group of changeGroupsOf(manifest.object))
            if (named.has(group))
                members.set(group, [...(members.get(group) ?? []), manifest]);
    return ruled.flatMap(({ manifest, part, rule }) => (members.get(rule.group) ?? []).flatMap((member) => {
        const other = partOf.get(member) ?? part;
        const [waiter, first] = rule.order === 'after' ? [manifest, member] : [member, manifest];
        const [waits, goes] = rule.order === 'after' ? [part, other] : [other, part];
        return member !== manifest && goes > waits ? [tooLate(waiter, first, [parts[waits], parts[goes]], rule.text)] : [];
    }));
}
function tooLate(waiter, first, [own, other], rule) {
    const name = nameOf(waiter.object);
    return `${placeOf(waiter)}${name} waits for ${nameOf(first.object)} (${rule}), which comes later: it is in ${other?.title}, ${name} in ${own?.title}`;
}
function more(details) {
    return details.length > 1 ? ` (and ${details.length - 1} more)` : '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/prune.js






/**
 * The order in which to delete, in levels: custom resources while their operators still run, then definitions,
 * registrations, workloads, and what those used; Namespaces when they are empty. Waves run backwards. Live objects may
 * carry any annotation, so nothing here is an error: what is not understood does not count, a cycle is cut.
 */
function orderForPrune(objects) {
    return wavesBackwards(objects).flatMap((wave) => {
        const graph = deletionGraph(wave);
        return graph.levels().map((level) => level.map((index) => wave[index]).filter((object) => object !== undefined));
    });
}
function deletionGraph(objects) {
    const graph = new Graph(objects.length);
    namespaceEdges(graph, objects, true);
    definitionEdges(graph, objects, true);
    apiServiceEdges(graph, objects, true);
    dependsOnEdges(graph, objects, true);
    changeRuleEdges(graph, objects, 'delete');
    for (let cycle = graph.cycle(); cycle !== undefined; cycle = graph.cycle()) {
        // What somebody wrote yields to what the API server enforces.
        const weakest = cycle.find((step) => step.reason.written) ?? cycle[0];
        if (weakest === undefined)
            break;
        graph.forget(weakest);
    }
    preferenceEdges(graph, objects, DELETE_RULES);
    useEdges(graph, objects, true);
    registrationEdgesForDelete(graph, objects);
    preferenceEdges(graph, objects, APPLY_RULES.map(reversed));
    return graph;
}
function reversed(rule) {
    return {
        text: rule.text,
        first: rule.second,
        second: (object, key) => rule.first(object, key) && !rule.second(object, key)
    };
}
/** The last wave first; a Namespace or definition stays until the wave in which the last of its objects goes. */
function wavesBackwards(objects) {
    const last = new Map();
    const lower = (key, wave) => last.set(key, Math.min(wave, last.get(key) ?? wave));
    for (const object of objects) {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
        if (namespace !== undefined)
            lower(`namespace ${namespace}`, waveOf(object));
        if (isCustomResource(object))
            lower(`kind ${object.kind}.${(0,render_manifest/* groupOf */.F8)(object)}`, waveOf(object));
    }
    const waves = new Map();
    for (const object of objects) {
        const key = isNamespace(object) ? `namespace ${object.metadata.name}` : `kind ${definedBy(object)}`;
        const wave = Math.min(waveOf(object), last.get(key) ?? Number.POSITIVE_INFINITY);
        const list = waves.get(wave);
        if (list)
            list.push(object);
        else
            waves.set(wave, [object]);
    }
    return [...waves].sort(([a], [b]) => b - a).map(([, list]) => list);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/order/index.js







/***/ })

};
