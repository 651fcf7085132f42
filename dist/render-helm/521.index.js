export const id = 521;
export const ids = [521];
export const modules = {

/***/ 6521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseIgnoreRules: () => (/* binding */ parseIgnoreRules)
});

// EXTERNAL MODULE: ../node_modules/yaml/dist/index.js
var dist = __webpack_require__(6637);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
;// CONCATENATED MODULE: ./src/targets/kubernetes/cluster.js

/** The API server could not be reached at all: whoever makes the cluster may have to do so first. */
class Unreachable extends (/* unused pure expression or super */ null && (GitOpsError)) {
}
/** An answer of the API server that is no success: its `Status` object in typed form. */
class ApiError extends Error {
    name = 'ApiError';
    /** HTTP status: 404, 409, 422 … */
    code;
    /** `NotFound`, `Conflict`, `Invalid`, `Forbidden`, `AlreadyExists` … */
    reason;
    causes;
    details;
    retryAfterSeconds;
    constructor(code, reason, message, extra = {}) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.causes = extra.causes ?? [];
        this.details = extra.details;
        this.retryAfterSeconds = extra.retryAfterSeconds;
    }
}
/** The field manager under which everything the suite applies is owned. */
const cluster_FIELD_MANAGER = 'gitops-actions';

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/entries.js


/** The entries of an object; what is not of their form is left out. */
function entries_managedEntries(live) {
    const entries = [];
    const list = at(live, 'metadata', 'managedFields');
    if (!Array.isArray(list))
        return entries;
    for (const item of list) {
        const entry = readEntry(item);
        if (entry !== undefined)
            entries.push(entry);
    }
    return entries;
}
/** Our own entry: what server-side apply under our manager's name owns. */
function entries_ownEntry(entries, manager = FIELD_MANAGER) {
    return entries.find((entry) => entries_isApplyOf(entry, manager));
}
/** True for the entry that server-side apply keeps for a manager (subresources have entries of their own). */
function entries_isApplyOf(entry, manager) {
    return entry.manager === manager && entry.operation === 'Apply' && entry.subresource === undefined;
}
function readEntry(value) {
    const entry = asObject(value);
    const operation = entry?.['operation'];
    if (entry === undefined || (operation !== 'Apply' && operation !== 'Update'))
        return undefined;
    const manager = asString(entry['manager']) ?? '';
    const apiVersion = asString(entry['apiVersion']) ?? '';
    const fields = asObject(entry['fieldsV1']) ?? {};
    const time = asString(entry['time']);
    const subresource = asString(entry['subresource']);
    const read = time === undefined ? { manager, operation, apiVersion, fields } : { manager, operation, apiVersion, fields, time };
    return subresource === undefined || subresource === '' ? read : { ...read, subresource };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/path.js

/** As a person would write it: `spec.template.spec.containers[name=web].image`, `metadata.labels[app.kubernetes.io/name]`. */
function printPath(path) {
    let text = '';
    for (const element of path) {
        if (typeof element === 'string') {
            if (PLAIN.test(element))
                text += text === '' ? element : `.${element}`;
            else
                text += `[${SAFE.test(element) ? element : JSON.stringify(element)}]`;
        }
        else if ('key' in element) {
            const pairs = Object.entries(element.key).map(([name, value]) => `${name}=${scalar(value)}`);
            text += `[${pairs.join(',')}]`;
        }
        else if ('value' in element)
            text += `[=${scalar(element.value)}]`;
        else
            text += `[${element.index}]`;
    }
    return text;
}
/** A name that needs no brackets. */
const PLAIN = /^[A-Za-z_$][\w$-]*$/;
/** A name that needs brackets but no quotes: it cannot be taken for an index, a key or the end of the brackets. */
const SAFE = /^(?!\d+$)[^\s[\]"=,*]+$/;
const SAFE_VALUE = /^[^\s[\]",]+$/;
function scalar(value) {
    if (typeof value === 'string')
        return SAFE_VALUE.test(value) ? value : JSON.stringify(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
/**
 * The step that a FieldsV1 key names (`f:image`, `k:{"name":"web"}`, `v:"a"`, `i:0`); undefined for `.` and for
 * what is no such key. Results are shared: never change them.
 */
function path_elementOf(key) {
    if (key.startsWith('f:'))
        return key.slice(2);
    const known = parsed.get(key);
    if (known !== undefined)
        return known;
    const element = parseElement(key);
    if (element !== undefined) {
        if (parsed.size >= PARSED_LIMIT)
            parsed.clear();
        parsed.set(key, element);
    }
    return element;
}
/** `k:` and `v:` keys repeat over thousands of objects; parsing their JSON once is most of the speed of this module. */
const parsed = new Map();
const PARSED_LIMIT = 20_000;
function parseElement(key) {
    try {
        if (key.startsWith('k:')) {
            const value = JSON.parse(key.slice(2));
            return isObject(value) ? { key: value } : undefined;
        }
        if (key.startsWith('v:'))
            return { value: JSON.parse(key.slice(2)) };
        if (/^i:\d+$/.test(key))
            return { index: Number(key.slice(2)) };
    }
    catch {
        // A key that is not what FieldsV1 allows names nothing.
    }
    return undefined;
}
/** True when two steps name the same thing. */
function path_sameElement(a, b) {
    if (typeof a === 'string' || typeof b === 'string')
        return a === b;
    if ('key' in a)
        return 'key' in b && sameKey(a.key, b.key);
    if ('value' in a)
        return 'value' in b && a.value === b.value;
    return 'index' in b && a.index === b.index;
}
function sameKey(a, b) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
/** Position of the item that a step names in a list, or -1. The first one where several match. */
function positionOf(list, element) {
    if (typeof element === 'string')
        return -1;
    if ('index' in element)
        return element.index < list.length ? element.index : -1;
    if ('value' in element)
        return list.indexOf(element.value);
    const entries = Object.entries(element.key);
    return list.findIndex((item) => isObject(item) && entries.every(([name, value]) => item[name] === value));
}
/** The value that a path leads to, or undefined. */
function valueAt(root, path) {
    let current = root;
    for (const element of path) {
        current = path_childValue(current, element);
        if (current === undefined)
            return undefined;
    }
    return current;
}
/** The value one step below, or undefined. */
function path_childValue(parent, element) {
    if (typeof element === 'string')
        return isObject(parent) ? parent[element] : undefined;
    return Array.isArray(parent) ? parent[positionOf(parent, element)] : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/fields.js


/** A tree that owns nothing. */
const NO_FIELDS = Object.freeze({});
/** True when a node has neither children nor `.`: a scalar, or a value that is owned as one piece. */
function fields_isLeaf(node) {
    for (const _ in node)
        return false;
    return true;
}
/** True when the node itself is owned: a leaf, or one with `.`. Never ask this of a root: an empty root owns nothing. */
function isMember(node) {
    return '.' in node || fields_isLeaf(node);
}
/** The node below `node` that a step leads to. */
function fields_childOf(node, element) {
    if (node === undefined)
        return undefined;
    if (typeof element === 'string')
        return fields_asNode(node[`f:${element}`]);
    if ('value' in element) {
        const direct = fields_asNode(node[`v:${JSON.stringify(element.value)}`]);
        if (direct)
            return direct;
    }
    else if ('index' in element)
        return fields_asNode(node[`i:${element.index}`]);
    const prefix = 'key' in element ? 'k:' : 'v:';
    for (const key in node) {
        if (!key.startsWith(prefix))
            continue;
        const candidate = elementOf(key);
        if (candidate !== undefined && sameElement(candidate, element))
            return fields_asNode(node[key]);
    }
    return undefined;
}
/** The same step in every one of several trees that goes there. */
function childrenOf(nodes, element) {
    const result = [];
    for (const node of nodes) {
        const child = fields_childOf(node, element);
        if (child !== undefined)
            result.push(child);
    }
    return result;
}
/** Every owned path, items of lists before what is inside them. */
function* members(node, path = []) {
    for (const [element, child] of children(node)) {
        const here = [...path, element];
        if (isMember(child))
            yield here;
        yield* members(child, here);
    }
}
/** The steps below a node with their nodes. */
function* children(node) {
    for (const key in node) {
        const child = fields_asNode(node[key]);
        const element = child && elementOf(key);
        if (child !== undefined && element !== undefined)
            yield [element, child];
    }
}
/**
 * How a tree relates to a path: `exact` when the path itself is owned, `inside` when an ancestor is owned as one
 * piece (an atomic list or map), `below` when only something inside the path is owned.
 *
 * An empty map that somebody set is a leaf of the tree, too, but does not own what others put into it: `isPiece` says
 * whether a place is one that the API server replaces as a whole.
 */
function fields_coverage(root, path, isPiece = () => true) {
    let node = root;
    for (let depth = 0; depth < path.length; depth++) {
        if (depth > 0 && fields_isLeaf(node))
            return isPiece(path.slice(0, depth)) ? 'inside' : undefined;
        const element = path[depth];
        const next = element === undefined ? undefined : fields_childOf(node, element);
        if (next === undefined)
            return undefined;
        node = next;
    }
    if (path.length === 0)
        return fields_isLeaf(node) ? undefined : 'below';
    return isMember(node) ? 'exact' : 'below';
}
/** The node at a path, or undefined. */
function fields_nodeAt(root, path) {
    let node = root;
    for (const element of path)
        node = fields_childOf(node, element);
    return node;
}
/** Everything that either tree owns. */
function fields_union(a, b, root = true) {
    const result = {};
    // A leaf is a member without children; beside children that has to be said with `.`.
    if (!root && (isMember(a) || isMember(b)) && !(fields_isLeaf(a) && fields_isLeaf(b)))
        result['.'] = {};
    for (const key of Object.keys(a))
        if (key !== '.')
            result[key] = a[key];
    for (const key of Object.keys(b)) {
        if (key === '.')
            continue;
        const mine = fields_asNode(result[key]);
        const theirs = fields_asNode(b[key]);
        if (theirs !== undefined)
            result[key] = mine === undefined ? theirs : fields_union(mine, theirs, false);
    }
    return result;
}
/**
 * What `a` owns and `b` does not, as the highest paths below which `b` owns nothing at all. Whether maps themselves
 * are owned (`.`) does not count, only their entries: it changes nothing for anybody.
 */
function difference(a, b, path = []) {
    const result = [];
    for (const [key, value] of Object.entries(a)) {
        const mine = fields_asNode(value);
        const element = elementOf(key);
        if (mine === undefined || element === undefined)
            continue;
        const theirs = fields_asNode(b[key]);
        const here = [...path, element];
        if (theirs === undefined)
            result.push(here);
        else if (fields_isLeaf(mine)) {
            if (!isMember(theirs))
                result.push(here);
        }
        else if (typeof element !== 'string' && isMember(mine) && !isMember(theirs))
            result.push(here);
        else
            result.push(...difference(mine, theirs, here));
    }
    return result;
}
function fields_asNode(value) {
    return isObject(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/managers.js
/**
 * Classifies a field manager by its name. Managers are free text that a client chooses, by default the first word of
 * its User-Agent. An unknown one that applies is taken for an applier, since applying is what deployment tools do; an
 * unknown one that updates is taken for a person's script unless its name says that it is a controller.
 */
function managers_managerKind(manager, operation) {
    const name = manager.toLowerCase();
    if (SYSTEM.test(name))
        return 'system';
    if (PERSON.test(name))
        return 'person';
    if (APPLIER.test(name))
        return 'applier';
    if (operation === 'Apply')
        return 'applier';
    return CONTROLLER.test(name) ? 'system' : 'person';
}
/** True for the components that run Kubernetes itself: what they write is never somebody's change. */
function isSystemComponent(manager) {
    return SYSTEM.test(manager.toLowerCase());
}
const SYSTEM = words('kube-controller-manager', 'kube-scheduler', 'kube-apiserver', 'kubelet', 'kwok', 'kube-proxy', 'cloud-controller-manager', '(aws|azure|gcp|openstack|vsphere|digitalocean|hcloud|oci)-cloud-(controller-manager|node-manager|provider)', 'gcp-controller-manager', 'cluster-policy-controller', 'openshift-(controller-manager|apiserver|kube-scheduler)', 'k3s', 'k0s', 'rke2', 'microk8s', 'kubelite', 'glbc', 'ingress-gce', 'gke-.*', 'clusterrole-aggregation-controller', 'storage-version-migrator');
/** kubectl and its sub-commands, terminal and desktop clients, web consoles (a browser's User-Agent), scripts. */
const PERSON = words('kubectl(-.*)?', 'oc', 'oc-.*', 'k9s', 'lens', 'openlens', 'freelens', 'node-fetch', 'node', 'mozilla', 'rancher', 'rancher-ui', 'headlamp(-.*)?', 'octant', 'dashboard', 'kubernetes-dashboard(-.*)?', 'kubesphere.*', 'kubenav', 'kui', 'seabird', 'aptakube', 'infra-app', 'monokle(-.*)?', 'vscode-kubernetes.*', 'openshift-console', 'bridge', 'curl', 'wget', 'httpie', 'postmanruntime', 'python-requests', 'openapi-generator', 'okhttp', 'axios', 'go-http-client', 'powershell', 'kr8s', 'kubernetes_asyncio');
const APPLIER = words('argocd.*', 'argo-cd.*', 'argo-rollouts-apply', 'kustomize-controller', 'helm-controller', 'flux.*', 'gotk-.*', 'helm', 'helm-.*', 'kapp.*', 'pulumi.*', 'terraform.*', 'hashicorp.*', 'opentofu.*', 'kluctl.*', 'werf.*', 'nelm.*', 'skaffold.*', 'fleet.*', 'rancher-fleet.*', 'spinnaker.*', 'ansible.*', 'crossplane.*', 'apiextensions\\.crossplane\\.io.*', 'configsync.*', 'config-sync.*', 'kpt.*', 'jenkins.*', 'eksctl.*', 'kops.*', 'tanka.*', 'kubecfg.*', 'werf', 'carvel.*', 'cdk8s.*', 'octopus.*', 'gitlab.*', 'github.*', 'gitops-actions.*');
const CONTROLLER = /(^|[-_.])(controller|controllers|operator|manager|reconciler|autoscaler|scaler|injector|webhook|recommender|updater|daemon|agent|scheduler|provisioner|cainjector)([-_.]|$)|^(keda|istiod|pilot-discovery|kyverno|linkerd|velero|reloader)/;
function words(...names) {
    return new RegExp(`^(${names.join('|')})$`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/adopt.js






/**
 * How an object that another tool made is taken over: the fields of the tool's entries move into an Apply entry of
 * ours, so that the next apply removes what is no longer declared instead of leaving it behind (the semantics of
 * client-go's csaupgrade, extended to Apply entries). Undefined where there is nothing to take over: we have applied
 * the object before, or only controllers wrote it.
 *
 * `adopts` decides whose entries are taken; by default those of people's tools and of other appliers. `copied` is what
 * kubectl's own copy in an annotation says it applied: it counts where ownership was not recorded then (an object of
 * long ago, or one whose `managedFields` were removed). The entry in which the API server books that goes with it.
 */
function adoptionPatch(live, adopts = adopt_isTakenOver, entries = managedEntries(live), copied) {
    if (ownEntry(entries))
        return undefined;
    const copy = copied && entryOfCopy(live, entries, copied);
    const unrecorded = copy && adopts(copy) ? copy : undefined;
    const recorded = entries.filter((entry) => entry.subresource === undefined && adopts(entry));
    const all = unrecorded ? [...recorded, unrecorded] : recorded;
    if (all.length === 0)
        return undefined;
    const taken = unrecorded ? [...recorded, ...entries.filter((entry) => entry.manager === adopt_UNRECORDED)] : recorded;
    const newest = all.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a));
    // Paths are only comparable within one version; entries of further versions are dropped, as csaupgrade does. Unless
    // there are no others: the API server converts an entry of ours like that of anybody who moves to another version.
    const apiVersion = all.some((entry) => entry.apiVersion === live.apiVersion) ? live.apiVersion : newest.apiVersion;
    const fields = all
        .filter((entry) => entry.apiVersion === apiVersion)
        .map((entry) => withoutHolds(entry.fields))
        .reduce((both, one) => union(both, one), {});
    const own = {
        manager: FIELD_MANAGER,
        operation: 'Apply',
        apiVersion,
        ...(newest.time === undefined ? {} : { time: newest.time }),
        fieldsType: 'FieldsV1',
        fieldsV1: fields
    };
    const raw = live.metadata['managedFields'];
    const rest = (Array.isArray(raw) ? raw : []).filter((entry) => !taken.some((one) => describes(entry, one)));
    return {
        from: [...new Set(all.map((entry) => entry.manager))],
        taken,
        fields: apiVersion === live.apiVersion ? fields : (present(fields, live) ?? {}),
        ops: [
            // "add" replaces what is there, and also works where nothing is.
            { op: 'add', path: '/metadata/managedFields', value: [own, ...rest] },
            // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
            { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
        ]
    };
}
/**
 * Made by a person or by another tool that deploys; never what controllers keep writing, nor what the API server
 * books on nobody (`before-first-apply`), which includes values that it allocated itself.
 */
function adopt_isTakenOver(entry) {
    return entry.manager !== adopt_UNRECORDED && managerKind(entry.manager, entry.operation) !== 'system';
}
/** kubectl's copy as an entry, unless somebody is recorded to own that copy: then that entry says the same. */
function entryOfCopy(live, entries, fields) {
    const path = ['metadata', 'annotations', LAST_APPLIED];
    const owned = entries.some((entry) => entry.manager !== adopt_UNRECORDED && nodeAt(entry.fields, path) !== undefined);
    if (owned)
        return undefined;
    return { manager: CLIENT_SIDE, operation: 'Update', apiVersion: live.apiVersion, fields };
}
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CLIENT_SIDE = 'kubectl-client-side-apply';
/** Paths of another version that lead somewhere in this one, too. The API server converts; here it is a guess for the plan. */
function present(node, value) {
    const kept = {};
    for (const [key, child] of Object.entries(node)) {
        if (key === '.')
            kept[key] = child;
        const element = elementOf(key);
        const inside = element === undefined ? undefined : childValue(value, element);
        const below = asNode(child);
        if (inside === undefined || below === undefined)
            continue;
        const left = isLeaf(below) ? below : present(below, inside);
        if (left !== undefined)
            kept[key] = left;
    }
    return isLeaf(kept) ? undefined : kept;
}
/** Under this name the API server books everything that was there before ownership was recorded. */
const adopt_UNRECORDED = 'before-first-apply';
/**
 * Without finalizers and owner references: admission adds them in the tool's name, and whoever takes them over
 * without declaring them would remove them.
 */
function withoutHolds(fields) {
    const metadata = asNode(fields['f:metadata']);
    if (metadata === undefined)
        return fields;
    const { 'f:finalizers': _f, 'f:ownerReferences': _o, ...kept } = metadata;
    const { 'f:metadata': _m, ...rest } = fields;
    return Object.keys(kept).length > 0 ? { ...rest, 'f:metadata': kept } : rest;
}
function describes(raw, entry) {
    const [read] = managedEntries({
        apiVersion: '',
        kind: '',
        metadata: { name: '', managedFields: [raw] }
    });
    return read !== undefined && stringifyJson(read) === stringifyJson(entry);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/attribute.js





/**
 * Who wrote what stands at a path, as far as `managedFields` records it: the newest owner beside ourselves. A field
 * that was removed leaves no owner; then the candidates are those who worked on the object since our last apply.
 */
function attribute(live, path) {
    return attributeIn(managedEntries(live), path);
}
/** The same for entries that were read before. */
function attributeIn(entries, path, isPiece) {
    const [owner] = ownersOf(entries, path, isPiece);
    return owner ? { known: true, ...actorOf(owner) } : { known: false, candidates: candidates(entries) };
}
/** Entries of others that own a path or something inside it, newest first. `isPiece` as in `coverage`. */
function ownersOf(entries, path, isPiece) {
    return entries
        .filter((entry) => !isApplyOf(entry, FIELD_MANAGER) && coverage(entry.fields, path, isPiece) !== undefined)
        .sort(newestFirst);
}
/**
 * Who may have changed something that records no owner: managers that wrote to the object since our last apply,
 * newest first. The system is never among them.
 */
function candidates(entries) {
    const since = ownEntry(entries)?.time ?? '';
    const seen = new Set();
    const actors = [];
    for (const entry of [...entries].sort(newestFirst)) {
        if (isApplyOf(entry, FIELD_MANAGER) || (entry.time ?? '') < since || entry.subresource === 'status')
            continue;
        // Under names that begin like ours we keep what belongs to no declaration.
        if (entry.manager === UNRECORDED || entry.manager.startsWith(`${FIELD_MANAGER}-`))
            continue;
        if (managerKind(entry.manager, entry.operation) === 'system' || seen.has(entry.manager))
            continue;
        seen.add(entry.manager);
        actors.push(actorOf(entry));
    }
    return actors;
}
function actorOf(entry) {
    return {
        manager: entry.manager,
        operation: entry.operation,
        ...(entry.subresource === undefined ? {} : { subresource: entry.subresource }),
        ...(entry.time === undefined ? {} : { time: entry.time })
    };
}
function newestFirst(a, b) {
    const [x, y] = [a.time ?? '', b.time ?? ''];
    return x < y ? 1 : x > y ? -1 : 0;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/displace.js





/**
 * How what others put in the place of declared fields goes in the same write that puts those back: where the API
 * server takes one or the other alone, it takes neither the removal first (a Service without ports) nor the apply.
 * Undefined where we have not applied the object, or where ownership is recorded in paths of another version.
 */
function displacementPatch(live, paths) {
    const entries = managedEntries(live);
    const own = ownEntry(entries);
    if (own === undefined)
        return undefined;
    const owning = entries.filter((entry) => entry !== own && paths.some((path) => nodeAt(entry.fields, path)));
    if (owning.length === 0 || [own, ...owning].some((entry) => entry.apiVersion !== live.apiVersion))
        return undefined;
    if (!owning.some(isTakenOver))
        return undefined;
    const without = (fields) => paths.reduce((left, path) => split(left, path, own.fields).left, fields);
    const fields = owning
        .flatMap((entry) => paths.map((path) => split(entry.fields, path, own.fields).taken))
        .filter((taken) => taken !== undefined)
        .reduce((all, one) => union(all, one), own.fields);
    const raw = live.metadata['managedFields'];
    const managedFields = (Array.isArray(raw) ? raw : []).flatMap((one) => {
        const entry = asObject(one);
        const [read] = managedEntries({ ...live, metadata: { ...live.metadata, managedFields: [one] } });
        if (!entry || !read)
            return entry ? [entry] : [];
        if (ownEntry([read]))
            return [{ ...entry, fieldsV1: fields }];
        const left = without(read.fields);
        return Object.keys(left).length === 0 ? [] : [{ ...entry, fieldsV1: left }];
    });
    return {
        from: [...new Set(owning.map((entry) => entry.manager))],
        taken: owning,
        others: entries.filter((entry) => entry !== own).map((entry) => ({ ...entry, fields: without(entry.fields) })),
        fields,
        ops: [
            { op: 'add', path: '/metadata/managedFields', value: managedFields },
            // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
            { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
        ],
        again: (later) => displacementPatch(later, paths)
    };
}
/** A tree without what is at a path, and that. A map in which nothing else is left goes along, unless we have a part in it. */
function split(node, path, ours) {
    const [step, ...further] = path;
    const key = Object.keys(node).find((one) => {
        const element = elementOf(one);
        return step !== undefined && element !== undefined && sameElement(element, step);
    });
    const child = key === undefined ? undefined : asNode(node[key]);
    if (step === undefined || key === undefined || child === undefined)
        return { left: node, taken: undefined };
    const rest = { ...node };
    delete rest[key];
    if (further.length === 0)
        return { left: rest, taken: { [key]: child } };
    const mine = childOf(ours, step);
    const below = split(child, further, mine);
    if (below.taken === undefined)
        return { left: node, taken: undefined };
    const kept = Object.keys(below.left);
    if (mine === undefined && kept.every((one) => one === '.'))
        return { left: rest, taken: { [key]: child } };
    return { left: kept.length === 0 ? rest : { ...node, [key]: below.left }, taken: { [key]: below.taken } };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/index.js








;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/jq-scanner.js
/** What cannot be read, and why; its callers know the whole text. */
class Unreadable extends Error {
}
/** Reads a text piece by piece; white space between pieces has no meaning. */
class Scanner {
    #text;
    #at = 0;
    constructor(text) {
        this.#text = text;
    }
    /** True when nothing was taken yet. */
    get atStart() {
        return this.#text.slice(0, this.#at).trim() === '';
    }
    /** What a sticky expression matches here: its first group, else all of it. Undefined where it does not match. */
    match(expression) {
        this.#skip();
        expression.lastIndex = this.#at;
        const found = expression.exec(this.#text);
        if (found === null)
            return undefined;
        this.#at = expression.lastIndex;
        return found[1] ?? found[0];
    }
    /** True when a sticky expression matches here; nothing is taken. */
    ahead(expression) {
        this.#skip();
        expression.lastIndex = this.#at;
        return expression.test(this.#text);
    }
    take(literal) {
        this.#skip();
        if (!this.#text.startsWith(literal, this.#at))
            return false;
        this.#at += literal.length;
        return true;
    }
    /** @throws Unreadable when something else stands here */
    expect(literal) {
        if (!this.take(literal))
            throw this.unexpected();
    }
    /** @throws Unreadable when something is left */
    end() {
        this.#skip();
        if (this.#at < this.#text.length)
            throw this.unexpected();
    }
    unexpected() {
        const rest = this.#text.slice(this.#at);
        return new Unreadable(rest === '' ? 'it ends too early' : `at "${rest}"`);
    }
    #skip() {
        while (/\s/.test(this.#text.charAt(this.#at)))
            this.#at++;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/jq-filter.js


/** True when a filter gives any value that is true to jq. */
function conditionOf(filter) {
    return (value) => filter.run(value).some(isTrue);
}
/**
 * Reads an expression up to what cannot belong to it: paths, literals, `==` and its like, `and`, `or`, `not`, `//`,
 * pipes and the functions of `FUNCTIONS`.
 * @throws Unreadable
 */
function parseFilter(scanner) {
    let left = readOr(scanner);
    while (scanner.take('|')) {
        const [first, second] = [left, readOr(scanner)];
        left = { run: (input) => first.run(input).flatMap((value) => second.run(value)) };
    }
    return left;
}
function readOr(scanner) {
    let left = readAnd(scanner);
    while (scanner.match(/or\b/y) !== undefined) {
        const [a, b] = [left, readAnd(scanner)];
        left = { run: (input) => pairs(a.run(input), (x) => (isTrue(x) ? [true] : b.run(input).map(isTrue))) };
    }
    return left;
}
function readAnd(scanner) {
    let left = readComparison(scanner);
    while (scanner.match(/and\b/y) !== undefined) {
        const [a, b] = [left, readComparison(scanner)];
        left = {
            run: (input) => pairs(a.run(input), (x) => (isTrue(x) ? b.run(input).map(isTrue) : [false])),
            ...both(a, b)
        };
    }
    return left;
}
function both(a, b) {
    if (!a.equality || !b.equality)
        return {};
    return { equality: { values: { ...a.equality.values, ...b.equality.values } } };
}
const OPERATORS = {
    '==': (a, b) => same(a, b),
    '!=': (a, b) => !same(a, b),
    '<=': (a, b) => compared(a, b, (order) => order <= 0),
    '>=': (a, b) => compared(a, b, (order) => order >= 0),
    '<': (a, b) => compared(a, b, (order) => order < 0),
    '>': (a, b) => compared(a, b, (order) => order > 0)
};
function readComparison(scanner) {
    const left = readAlternative(scanner);
    const operator = scanner.match(/(==|!=|<=|>=|<|>)/y);
    const holds = operator === undefined ? undefined : OPERATORS[operator];
    if (holds === undefined)
        return left;
    const right = readAlternative(scanner);
    return {
        run: (input) => pairs(right.run(input), (b) => left.run(input).map((a) => holds(a, b))),
        ...(operator === '==' ? equalityOf(left, right) : {})
    };
}
/** A text that looks like a number is not the number, which only the values of the objects tell: not taken for one. */
function equalityOf(left, right) {
    const value = right.literal?.value;
    if (left.field === undefined || value === undefined || value === null || typeof value === 'object')
        return {};
    return { equality: { values: { [left.field]: String(value) } } };
}
function readAlternative(scanner) {
    const left = readTerm(scanner);
    if (!scanner.take('//'))
        return left;
    const right = readAlternative(scanner);
    return {
        run(input) {
            const found = left.run(input).filter(isTrue);
            return found.length > 0 ? found : right.run(input);
        }
    };
}
function readTerm(scanner) {
    let term = readFirst(scanner);
    for (;;) {
        if (scanner.take('?'))
            continue;
        const inside = scanner.match(/\.?\[\s*("(?:[^"\\]|\\.)*"|\d*)\s*\]/y);
        const quoted = inside === undefined ? scanner.match(/\.("(?:[^"\\]|\\.)*")/y) : undefined;
        const name = inside === undefined && quoted === undefined ? scanner.match(/\.([A-Za-z_]\w*)/y) : undefined;
        const step = inside ?? quoted ?? name;
        if (step === undefined)
            return term;
        const read = stepInto(step);
        const before = term;
        term = { run: (input) => before.run(input).flatMap(read) };
    }
}
function readFirst(scanner) {
    if (scanner.take('(')) {
        const inside = parseFilter(scanner);
        scanner.expect(')');
        return inside;
    }
    if (scanner.match(/\{\s*\}/y) !== undefined)
        return literal({});
    if (scanner.match(/\[\s*\]/y) !== undefined)
        return literal([]);
    const text = scanner.match(/("(?:[^"\\]|\\.)*")/y) ?? scanner.match(/(-?\d+(?:\.\d+)?|true\b|false\b|null\b)/y);
    if (text !== undefined)
        return literal(jq_filter_parsed(text));
    const field = scanner.match(/\.(?:([A-Za-z_]\w*)\??|(?="))/y);
    if (field !== undefined && field !== '.')
        return { run: stepInto(field), ...onlyField(scanner, field) };
    if (field !== undefined) {
        const name = scanner.match(/("(?:[^"\\]|\\.)*")/y) ?? '';
        return { run: stepInto(name), ...onlyField(scanner, String(jq_filter_parsed(name))) };
    }
    if (scanner.ahead(/\.\./y))
        throw scanner.unexpected();
    if (scanner.take('.'))
        return { run: (input) => [input] };
    return readFunction(scanner);
}
/** A path of one field, if it does not go on. */
function onlyField(scanner, field) {
    return scanner.ahead(/[.[]/y) ? {} : { field };
}
function readFunction(scanner) {
    const name = scanner.match(/([A-Za-z_]\w*)/y);
    const known = name === undefined ? undefined : FUNCTIONS[name];
    if (name === undefined)
        throw scanner.unexpected();
    if (known === undefined)
        throw new Unreadable(`"${name}" is not understood here`);
    const given = [];
    if (scanner.take('(')) {
        do
            given.push(parseFilter(scanner));
        while (scanner.take(';') || scanner.take(','));
        scanner.expect(')');
    }
    if (!known.takes.includes(given.length))
        throw new Unreadable(`"${name}" is given ${given.length} arguments`);
    return {
        run: (input) => {
            const result = known.run(input, given.map((argument) => argument.run(input)[0] ?? null));
            return result === undefined ? [] : [result];
        }
    };
}
const ofTexts = (holds) => ({
    takes: [1],
    run: (input, [other]) => (typeof input === 'string' && typeof other === 'string' ? holds(input, other) : undefined)
});
/** What people write in ignore rules. */
const FUNCTIONS = {
    not: { takes: [0], run: (input) => !isTrue(input) },
    startswith: ofTexts((text, other) => text.startsWith(other)),
    endswith: ofTexts((text, other) => text.endsWith(other)),
    test: { takes: [1, 2], run: (input, [pattern, flags]) => tested(input, pattern, flags) },
    has: {
        takes: [1],
        run(input, [key]) {
            if ((0,json/* isObject */.Gv)(input) && typeof key === 'string')
                return key in input;
            return Array.isArray(input) && typeof key === 'number' ? key >= 0 && key < input.length : undefined;
        }
    },
    contains: { takes: [1], run: (input, [other]) => (other === undefined ? undefined : contains(input, other)) },
    length: { takes: [0], run: lengthOf },
    ascii_downcase: { takes: [0], run: (input) => (typeof input === 'string' ? input.toLowerCase() : undefined) },
    tostring: { takes: [0], run: (input) => (typeof input === 'string' ? input : (0,json/* canonicalJson */.dj)(input)) },
    type: { takes: [0], run: typeOf },
    IN: { takes: [1, 2, 3, 4, 5, 6, 7, 8, 9], run: (input, given) => given.some((one) => same(input, one)) }
};
function tested(input, pattern, flags) {
    if (typeof input !== 'string' || typeof pattern !== 'string')
        return undefined;
    try {
        return new RegExp(pattern, typeof flags === 'string' && flags.includes('i') ? 'i' : '').test(input);
    }
    catch {
        return undefined;
    }
}
function contains(value, part) {
    if (typeof value === 'string' && typeof part === 'string')
        return value.includes(part);
    if (Array.isArray(value) && Array.isArray(part))
        return part.every((one) => value.some((item) => contains(item, one) === true));
    if ((0,json/* isObject */.Gv)(value) && (0,json/* isObject */.Gv)(part))
        return Object.entries(part).every(([key, one]) => key in value && contains(value[key] ?? null, one) === true);
    return typeOf(value) === typeOf(part) ? same(value, part) : undefined;
}
function lengthOf(input) {
    if (input === null)
        return 0;
    if (typeof input === 'string')
        return [...input].length;
    if (typeof input === 'object')
        return Object.keys(input).length;
    return typeof input === 'number' ? Math.abs(input) : undefined;
}
function typeOf(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'array';
    return typeof value === 'bigint' ? 'number' : typeof value;
}
function literal(value) {
    return { run: () => [value], literal: { value } };
}
function jq_filter_parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new Unreadable(`${text} is no value`);
    }
}
/** `name`, `"quoted"`, a position, or nothing for every item. */
function stepInto(step) {
    if (step === '')
        return (value) => (typeof value === 'object' && value !== null ? Object.values(value) : []);
    if (/^\d+$/.test(step))
        return (value) => (Array.isArray(value) ? [value[Number(step)] ?? null] : nullOf(value));
    const name = step.startsWith('"') ? String(jq_filter_parsed(step)) : step;
    return (value) => ((0,json/* isObject */.Gv)(value) ? [value[name] ?? null] : nullOf(value));
}
/** Inside nothing everything is null; inside anything else that has no parts jq stops. */
function nullOf(value) {
    return value === null ? [null] : [];
}
function pairs(values, each) {
    return values.flatMap(each);
}
function isTrue(value) {
    return value !== null && value !== false;
}
function same(a, b) {
    return a === b || (0,json/* canonicalJson */.dj)(a) === (0,json/* canonicalJson */.dj)(b);
}
/** Numbers and texts in their order; jq's order of other types is of no use to anybody here. */
function compared(a, b, holds) {
    if (typeof a === 'string' && typeof b === 'string')
        return holds(a < b ? -1 : a > b ? 1 : 0);
    const [x, y] = [Number(a), Number(b)];
    return typeOf(a) === 'number' && typeOf(b) === 'number' && holds(x - y);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/jq.js




/**
 * Reads paths as jq writes them and as reports print them: fields (`.spec.replicas`, `."a b"`, `["a/b"]`, `[a/b]`),
 * items (`[]`, `[0]`, `[name=web]`, `[=value]`), pipes, several paths (`.a, .b`, `(.a, .b).c`) and `select(…)` with any
 * condition that `parseFilter` reads. Each pattern selects what one of the paths does.
 * @throws GitOpsError that names what cannot be read
 */
function parsePaths(text) {
    const scanner = new Scanner(text);
    try {
        const patterns = readPipe(scanner, [[]]);
        scanner.end();
        if (patterns.some((pattern) => pattern.every((step) => step.step === 'when')))
            throw new Unreadable('it selects the whole object');
        return patterns;
    }
    catch (error) {
        if (error instanceof Unreadable)
            throw unreadablePath(text, (0,errors/* messageOf */.b)(error));
        throw error;
    }
}
function unreadablePath(text, why) {
    return new errors/* GitOpsError */.$(`The path "${text}" of an ignore rule cannot be read: ${why}.`, {
        hint: 'Write a JSON pointer (/spec/replicas), or a path as reports show it: spec.template.spec.containers[name=web].image'
    });
}
function readPipe(scanner, from) {
    let patterns = readUnion(scanner, from);
    while (scanner.take('|'))
        patterns = readUnion(scanner, patterns);
    return patterns;
}
function readUnion(scanner, from) {
    const patterns = readPath(scanner, from);
    while (scanner.take(','))
        patterns.push(...readPath(scanner, from));
    return patterns;
}
const NAME = /([A-Za-z_$][\w$-]*)/y;
function readPath(scanner, from) {
    if (scanner.ahead(/\.\./y))
        throw new Unreadable('".." (at any depth) is not understood; name the way');
    const first = jq_readFirst(scanner, from);
    return readSuffixes(scanner, first);
}
function jq_readFirst(scanner, from) {
    if (scanner.take('(')) {
        const inside = readPipe(scanner, from);
        scanner.expect(')');
        return inside;
    }
    if (scanner.match(/select\s*\(/y)) {
        const condition = readCondition(scanner);
        scanner.expect(')');
        return from.map((pattern) => narrowed(pattern, condition));
    }
    // Reports print paths without the first dot.
    const name = scanner.atStart && !scanner.ahead(/[\w$-]+\s*\(/y) ? scanner.match(NAME) : undefined;
    if (name !== undefined)
        return extended(scanner, from, { step: 'field', name });
    if (!scanner.ahead(/[.["]/y))
        throw scanner.unexpected();
    if (scanner.ahead(/\.\s*($|[|,)])/y))
        scanner.take('.');
    return [...from];
}
function readSuffixes(scanner, from) {
    let patterns = from;
    for (;;) {
        const step = readStep(scanner);
        if (step === undefined)
            return patterns;
        patterns = extended(scanner, patterns, step);
    }
}
function extended(scanner, patterns, step) {
    while (scanner.take('?'))
        ;
    return patterns.map((pattern) => [...pattern, step]);
}
function readStep(scanner) {
    const inside = scanner.match(/\.?\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/y);
    if (inside !== undefined)
        return parseBrackets(inside.trim());
    const quoted = scanner.match(/\.?("(?:[^"\\]|\\.)*")/y);
    if (quoted !== undefined)
        return { step: 'field', name: unquote(quoted) };
    const name = scanner.match(/\.([A-Za-z_$][\w$-]*)/y);
    return name === undefined ? undefined : { step: 'field', name };
}
function parseBrackets(inside) {
    if (inside === '' || inside === '*')
        return { step: 'any' };
    if (/^\d+$/.test(inside))
        return { step: 'index', index: Number(inside) };
    if (/^(-\d+|\d*:\d*)$/.test(inside))
        throw new Unreadable(`"[${inside}]" is no single position from the start`);
    if (inside.startsWith('='))
        return { step: 'value', value: unquote(inside.slice(1)) };
    const pairs = /^[\w$.-]+=/.test(inside) ? inside.split(/,(?=[\w$.-]+=)/) : [];
    if (pairs.length === 0)
        return { step: 'field', name: unquote(inside) };
    return {
        step: 'where',
        values: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unquote(pair.slice(pair.indexOf('=') + 1))]))
    };
}
function unquote(text) {
    if (!text.startsWith('"'))
        return text;
    try {
        const value = JSON.parse(text);
        return typeof value === 'string' ? value : text;
    }
    catch {
        return text;
    }
}
function readCondition(scanner) {
    const filter = parseFilter(scanner);
    return filter.equality ?? { holds: conditionOf(filter) };
}
/** `.a[] | select(.name == "x")` is one step: what an item is called also tells where the item is gone. */
function narrowed(pattern, condition) {
    if ('holds' in condition)
        return [...pattern, { step: 'when', holds: condition.holds }];
    if (pattern.at(-1)?.step === 'any')
        return [...pattern.slice(0, -1), { step: 'where', values: condition.values }];
    const { values } = condition;
    return [
        ...pattern,
        {
            step: 'when',
            holds: (value) => (0,json/* isObject */.Gv)(value) && Object.entries(values).every(([name, text]) => sameText(value[name], text))
        }
    ];
}
function sameText(value, text) {
    return value !== undefined && typeof value !== 'object' && String(value) === text;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/pattern.js



/**
 * Reads the path of an ignore rule: a JSON pointer (`/spec/ports/*`), or paths as reports print and jq writes them
 * (`spec.ports[name=web].nodePort`, `.spec.ports[] | select(.name == "web")`, `.spec.a, .spec.b`). Each of the patterns
 * counts.
 * @throws GitOpsError that names what cannot be read
 */
function parsePatterns(text) {
    if (!text.startsWith('/'))
        return parsePaths(text);
    return [parsePointer(text)];
}
function parsePointer(text) {
    return text
        .slice(1)
        .split('/')
        .map((segment) => {
        const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
        if (name === '*')
            return { step: 'any' };
        return /^\d+$/.test(name) ? { step: 'index', index: Number(name) } : { step: 'field', name };
    });
}
/** True when a field of a map is meant. */
function matchesField(step, field) {
    if (step.step === 'any')
        return true;
    return step.step === 'field' ? step.name === field : step.step === 'index' && String(step.index) === field;
}
/** True when an item of a list is meant, given its position. */
function matchesItem(step, item, index) {
    switch (step.step) {
        case 'any':
            return true;
        case 'index':
            return step.index === index;
        case 'value':
            return item !== undefined && String(item) === step.value;
        case 'where':
            return isObject(item) && Object.entries(step.values).every(([field, value]) => pattern_text(item[field]) === value);
        default:
            return false;
    }
}
function pattern_text(value) {
    return value === undefined || typeof value === 'object' ? undefined : String(value);
}
/** True when the pattern selects the path or something that holds it. `root` tells positions and values of items. */
function covers(pattern, path, root) {
    let value = root;
    let depth = 0;
    for (const step of pattern) {
        if (step.step === 'when') {
            if (value === undefined || !step.holds(value))
                return false;
            continue;
        }
        const element = path[depth++];
        if (element === undefined)
            return false;
        const next = childValue(value, element);
        if (typeof element === 'string' ? !matchesField(step, element) : !matchesElement(step, element, value, next))
            return false;
        // Of an item that is gone its keys are still known.
        value = next ?? (typeof element !== 'string' && 'key' in element ? element.key : undefined);
    }
    return true;
}
/** True when nothing of the pattern leads deeper. */
function isAtEnd(pattern) {
    return pattern.every((step) => step.step === 'when');
}
function matchesElement(step, element, list, item) {
    const index = 'index' in element ? element.index : Array.isArray(list) && item !== undefined ? list.indexOf(item) : -1;
    if (matchesItem(step, item, index))
        return true;
    return item === undefined && 'key' in element && matchesItem(step, element.key, index);
}

;// CONCATENATED MODULE: ./src/suggest.js
/**
 * The word of `allowed` that `word` was probably meant to be; undefined when none is near. Case, hyphens and
 * underscores do not count, so `depends-on` finds `dependsOn`.
 */
function suggest(word, allowed) {
    let best;
    let bestDistance = Number.POSITIVE_INFINITY;
    const plain = normalise(word);
    for (const candidate of allowed) {
        const distance = editDistance(plain, normalise(candidate));
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return bestDistance <= Math.max(1, Math.floor(plain.length / 3)) ? best : undefined;
}
/** ` Did you mean "x"?`, or nothing. */
function suggest_didYouMean(word, allowed) {
    const found = suggest(word, allowed);
    return found === undefined ? '' : ` Did you mean "${found}"?`;
}
function normalise(word) {
    return word.toLowerCase().replace(/[-_\s]/g, '');
}
/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a, b) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const cost = a[i - 1] === b[j - 1] ? 0 : 1;
            let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
                value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
            row.push(value);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./src/declaration/shape.js


/** A text. Numbers and booleans are refused: quoting them is the writer's decision, not a guess of ours. */
function shape_text(rules) {
    return {
        schema: {
            type: 'string',
            description: rules.description,
            minLength: 1,
            ...(rules.pattern ? { pattern: rules.pattern.source } : {}),
            ...(rules.examples ? { examples: [...rules.examples] } : {}),
            ...(rules.fallback === undefined ? {} : { default: rules.fallback })
        },
        read(node, reader, path) {
            const value = scalarOf(node, reader);
            if (typeof value !== 'string')
                return reader.wrongType(node, path, 'a text', hintForText(value));
            if (value.trim() === '')
                return reader.error(node, path, 'must not be empty.');
            if (rules.pattern && !rules.pattern.test(value))
                return reader.error(node, path, `"${value}" must be ${rules.must ?? `of the form ${rules.pattern.source}`}.`);
            return value;
        }
    };
}
function hintForText(value) {
    return typeof value === 'number' || typeof value === 'boolean' ? ` Put it in quotes: "${String(value)}".` : '';
}
/** A text, number or boolean, read as text: values that end as `key=value`. */
function scalarText(description) {
    return {
        schema: { type: ['string', 'number', 'boolean'], description },
        read(node, reader, path) {
            const target = reader.resolve(node);
            if (!isScalar(target) || target.value === null)
                return reader.wrongType(node, path, 'a text, number or boolean');
            // As it is written: 1.10 stays 1.10.
            return typeof target.value === 'string' ? target.value : (target.source ?? String(target.value));
        }
    };
}
function shape_boolean(description, fallback) {
    return {
        schema: { type: 'boolean', description, ...(fallback === undefined ? {} : { default: fallback }) },
        read(node, reader, path) {
            const value = scalarOf(node, reader);
            return typeof value === 'boolean' ? value : reader.wrongType(node, path, 'true or false');
        }
    };
}
/** A whole number, zero or more. */
function count(description, fallback) {
    return {
        schema: { type: 'integer', minimum: 0, description, ...(fallback === undefined ? {} : { default: fallback }) },
        read(node, reader, path) {
            const value = scalarOf(node, reader);
            if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
                return reader.wrongType(node, path, 'a whole number, zero or more');
            return value;
        }
    };
}
/** Exactly this value. */
function constant(value, description) {
    return {
        schema: { const: value, description },
        read(node, reader, path) {
            return scalarOf(node, reader) === value ? value : reader.wrongType(node, path, String(value));
        }
    };
}
/** One of a few words. */
function choice(words, description, fallback) {
    return {
        schema: {
            type: 'string',
            enum: [...words],
            description,
            ...(fallback === undefined ? {} : { default: fallback })
        },
        read(node, reader, path) {
            const value = scalarOf(node, reader);
            const found = words.find((word) => word === value);
            if (found !== undefined)
                return found;
            const near = typeof value === 'string' ? didYouMean(value, words) : '';
            return reader.wrongType(node, path, words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`, near);
        }
    };
}
/** A text that `convert` understands; `undefined` from it is an error that says `must`. */
function converted(convert, rules) {
    return {
        schema: rules.schema,
        read(node, reader, path) {
            const value = scalarOf(node, reader);
            const result = typeof value === 'string' || typeof value === 'number' ? convert(value) : undefined;
            return result ?? reader.wrongType(node, path, rules.must);
        }
    };
}
/** What a shape reads, turned into something else. */
function transformed(shape, convert) {
    return {
        schema: shape.schema,
        read(node, reader, path) {
            const value = shape.read(node, reader, path);
            return value === undefined ? undefined : convert(value);
        }
    };
}
/** What a shape reads, if `problem` finds nothing wrong with it; else its sentence is the error. */
function checked(shape, problem) {
    return {
        schema: shape.schema,
        read(node, reader, path) {
            const value = shape.read(node, reader, path);
            const wrong = value === undefined ? undefined : problem(value);
            return wrong === undefined ? value : reader.error(node, path, wrong);
        }
    };
}
function list(item, rules) {
    return {
        schema: {
            type: 'array',
            items: item.schema,
            description: rules.description,
            ...(rules.minItems === undefined ? {} : { minItems: rules.minItems })
        },
        read(node, reader, path) {
            const target = reader.resolve(node);
            if (!(0,dist/* isSeq */.oP)(target)) {
                const hint = (0,dist/* isScalar */.jn)(target) && target.value !== null ? ` Write it as a list: [${String(target.value)}].` : '';
                return reader.wrongType(node, path, `a list of ${rules.itemName}`, hint);
            }
            if (target.items.length < (rules.minItems ?? 0))
                return reader.error(node, path, `must name at least ${rules.minItems} ${rules.itemName}.`);
            const values = target.items.map((child, index) => reader.at(item, child, [...path, index]));
            // Whole or not at all: what refers to a value by its index must find its place.
            return values.every((value) => value !== undefined) ? values : undefined;
        }
    };
}
/** A mapping with names of the writer's choice, in the written order. */
function mapping(value, rules) {
    return {
        schema: {
            type: 'object',
            description: rules.description,
            propertyNames: { pattern: rules.key.source },
            additionalProperties: value.schema,
            ...(rules.minEntries === undefined ? {} : { minProperties: 1 })
        },
        read(node, reader, path) {
            const entries = entriesOf(node, reader, path);
            if (!entries)
                return undefined;
            if (rules.minEntries !== undefined && entries.length === 0)
                return reader.error(node, path, rules.minEntries);
            const result = new Map();
            for (const { key, keyNode, valueNode } of entries) {
                if (!rules.key.test(key)) {
                    reader.error(keyNode, path, `the name "${key}" must be ${rules.keyMust}.`);
                    continue;
                }
                const item = reader.at(value, valueNode, [...path, key], keyNode);
                if (item !== undefined)
                    result.set(key, item);
            }
            return result;
        }
    };
}
function required(shape) {
    // The fallback of a required key is never used: its absence is an error, after which the object is not given out.
    return { shape, required: true, fallback: undefined };
}
function optional(shape) {
    return { shape, required: false, fallback: undefined };
}
function withDefault(shape, fallback) {
    return { shape, required: false, fallback };
}
/** An object with known keys; any other is an error that names the allowed ones. */
function object(fields, rules) {
    const names = Object.keys(fields);
    const must = names.filter((name) => fields[name]?.required);
    return {
        schema: {
            type: 'object',
            description: rules.description,
            additionalProperties: false,
            properties: Object.fromEntries(names.map((name) => [name, fields[name]?.shape.schema])),
            ...(must.length > 0 ? { required: must } : {}),
            ...rules.schema
        },
        read(node, reader, path) {
            const entries = entriesOf(node, reader, path);
            if (!entries)
                return undefined;
            const given = new Map();
            for (const { key, keyNode, valueNode } of entries) {
                const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
                if (field)
                    given.set(key, reader.at(field.shape, valueNode, [...path, key], keyNode));
                else if (rules.reserved && Object.hasOwn(rules.reserved, key)) {
                    given.set(key, undefined);
                    reader.error(keyNode, [...path, key], rules.reserved[key] ?? '');
                }
                else
                    reader.error(keyNode, path, `unknown key "${key}".${suggest_didYouMean(key, names)} Allowed here: ${names.join(', ')}.`);
            }
            for (const name of must)
                if (!given.has(name))
                    reader.error(node, path, `"${name}" is missing. Allowed here: ${names.join(', ')}.`);
            rules.check?.(new Set(given.keys()), node, reader, path);
            if (must.some((name) => given.get(name) === undefined))
                return undefined;
            // After an error in an optional key the rest is given out, so that one run finds the errors of every kind.
            return Object.fromEntries(names.map((name) => [name, given.get(name) ?? fields[name]?.fallback]));
        }
    };
}
/** The pairs of a mapping, `<<` merged in as YAML 1.1 does (own keys win); a key that stands twice is an error. */
function entriesOf(node, reader, path, inside = []) {
    const target = reader.resolve(node);
    if (target && inside.includes(target)) {
        reader.error(node, path, 'an anchor must not be merged into itself.');
        return undefined;
    }
    if (!(0,dist/* isMap */.jh)(target)) {
        reader.wrongType(node, path, 'a mapping of keys to values');
        return undefined;
    }
    const own = new Map();
    const merged = [];
    for (const pair of target.items) {
        const name = reader.resolve(pair.key);
        if (!(0,dist/* isScalar */.jn)(name) || name.value === null) {
            reader.error(pair.key, path, 'a key must be a plain word.');
            continue;
        }
        const key = typeof name.value === 'string' ? name.value : (name.source ?? String(name.value));
        if (key === '<<' && ((0,dist/* isAlias */.Vj)(pair.value) || (0,dist/* isSeq */.oP)(pair.value) || (0,dist/* isMap */.jh)(pair.value))) {
            const sources = (0,dist/* isSeq */.oP)(pair.value) ? pair.value.items : [pair.value];
            for (const source of sources)
                merged.push(...(entriesOf(source, reader, path, [...inside, target]) ?? []));
            continue;
        }
        const first = own.get(key);
        if (first)
            reader.error(pair.key, path, `"${key}" stands here a second time; first in line ${reader.line(first.keyNode)}.`);
        else
            own.set(key, { key, keyNode: pair.key, valueNode: pair.value });
    }
    for (const entry of merged)
        if (!own.has(entry.key))
            own.set(entry.key, entry);
    return [...own.values()];
}
function scalarOf(node, reader) {
    const target = reader.resolve(node);
    return (0,dist/* isScalar */.jn)(target) ? target.value : undefined;
}

;// CONCATENATED MODULE: ./src/declaration/ignore.js



const pointer = shape_text({
    description: 'A JSON pointer into the object; "~1" stands for a slash inside a key.',
    pattern: /^(\/([^/~]|~[01])*)+$/,
    must: 'a JSON pointer: it starts with a slash, and a slash inside a key is written ~1',
    examples: ['/spec/replicas', '/metadata/annotations/example.com~1touched']
});
/** A path as jq writes it, and as reports print it. */
const expression = checked(shape_text({
    description: 'A path as jq writes it or as reports print it, relative to the object.',
    examples: ['.spec.template.spec.containers[] | select(.name == "istio-proxy")']
}), (value) => {
    try {
        parsePatterns(value);
        return undefined;
    }
    catch (error) {
        return (0,errors/* messageOf */.b)(error);
    }
});
const manager = shape_text({
    description: 'A field manager; fields that it owns do not count. * and ? are wildcards.',
    examples: ['my-operator']
});
/** The keys that say what to ignore. */
const WHAT = ['pointers', 'paths', 'managers', 'jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'];
/** Which differences of which objects are nobody's fault. Argo CD's names of the keys are understood too. */
const ignoreRule = transformed(object({
    group: optional(shape_text({ description: 'API group of the objects. Default: any. * and ? are wildcards.', examples: ['apps'] })),
    kind: required(shape_text({ description: 'Kind of the objects; "*" for all.', examples: ['Deployment'] })),
    name: optional(shape_text({ description: 'Name of the objects. Default: any. * and ? are wildcards.' })),
    namespace: optional(shape_text({ description: 'Namespace of the objects. Default: any. * and ? are wildcards.' })),
    pointers: optional(list(pointer, { description: 'Fields that do not count.', minItems: 1, itemName: 'JSON pointers' })),
    paths: optional(list(expression, { description: 'The same as paths in the form of jq.', minItems: 1, itemName: 'paths' })),
    managers: optional(list(manager, {
        description: 'Field managers whose fields do not count.',
        minItems: 1,
        itemName: 'field managers'
    })),
    jsonPointers: optional(list(pointer, { description: "Argo CD's name of pointers.", minItems: 1, itemName: 'JSON pointers' })),
    jqPathExpressions: optional(list(expression, { description: "Argo CD's name of paths.", minItems: 1, itemName: 'paths' })),
    managedFieldsManagers: optional(list(manager, { description: "Argo CD's name of managers.", minItems: 1, itemName: 'field managers' }))
}, {
    description: 'Fields that may differ without being a change or drift.',
    schema: { anyOf: WHAT.map((key) => ({ required: [key] })) },
    check(keys, node, reader, path) {
        if (!WHAT.some((key) => keys.has(key)))
            reader.error(node, path, 'says of which objects, but not what to ignore: add "pointers", "paths" or "managers".');
    }
}), ({ pointers, jsonPointers, paths, jqPathExpressions, managers, managedFieldsManagers, ...object }) => {
    const { group, kind, name, namespace } = object;
    const allPointers = [pointers, jsonPointers, paths, jqPathExpressions].flatMap((some) => some ?? []);
    const allManagers = [...(managers ?? []), ...(managedFieldsManagers ?? [])];
    return {
        kind,
        ...(group === undefined ? {} : { group }),
        ...(name === undefined ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(allPointers.length > 0 ? { pointers: allPointers } : {}),
        ...(allManagers.length > 0 ? { managers: allManagers } : {})
    };
});

;// CONCATENATED MODULE: ./src/declaration/reader.js

/** Collects every error of a document with its place, and remembers where each value stood for later checks. */
class Reader {
    issues = [];
    #file;
    #document;
    #lines;
    #places = new Map();
    constructor(file, document, lines) {
        this.#file = file;
        this.#document = document;
        this.#lines = lines;
    }
    /** Reads `node` as `shape` and remembers its place. `anchor` is where errors of an empty value are shown: its key. */
    at(shape, node, path, anchor) {
        const place = node?.range ? node : (anchor ?? node);
        this.#places.set(keyOf(path), place);
        return shape.read(node, this, path);
    }
    /** The node that an alias stands for, or the node itself. */
    resolve(node) {
        if (!node)
            return undefined;
        return (0,dist/* isAlias */.Vj)(node) ? node.resolve(this.#document) : node;
    }
    line(node) {
        return this.#lines.linePos(node.range?.[0] ?? 0).line;
    }
    /** Reports an error at a node. Answers undefined, so that a reader can return it. */
    error(node, path, message) {
        const where = node?.range ? node : this.#nearest(path);
        this.issueAt(where?.range?.[0] ?? 0, path.length === 0 ? message : `${pathText(path)}: ${message}`);
        return undefined;
    }
    /** Whether something is written at a path, readable or not. */
    has(path) {
        return this.#places.has(keyOf(path));
    }
    /** Reports an error at a value that was read before. */
    errorAt(path, message) {
        return this.error(this.#nearest(path), path, message);
    }
    /** Reports an error at an offset of the text. */
    issueAt(offset, message) {
        const { line, col } = this.#lines.linePos(offset);
        this.issues.push({ place: { file: this.#file, line, column: col }, message });
    }
    wrongType(node, path, expected, hint = '') {
        return this.error(node, path, `must be ${expected}, but is ${this.#describe(node)}.${hint}`);
    }
    #nearest(path) {
        for (let length = path.length; length >= 0; length--) {
            const node = this.#places.get(keyOf(path.slice(0, length)));
            if (node?.range)
                return node;
        }
        return undefined;
    }
    #describe(node) {
        const target = this.resolve(node);
        if ((0,dist/* isMap */.jh)(target))
            return 'a mapping';
        if ((0,dist/* isSeq */.oP)(target))
            return 'a list';
        if (!(0,dist/* isScalar */.jn)(target) || target.value === null)
            return 'empty';
        if (typeof target.value === 'string')
            return `the text "${target.value}"`;
        return String(target.value);
    }
}
/** `environments.production.targets.web.images[0]`. */
function pathText(path) {
    return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
function keyOf(path) {
    return path.join('\u0000');
}

;// CONCATENATED MODULE: ./src/declaration/ignore-text.js





const rules = list(ignoreRule, { description: 'Rules.', itemName: 'rules' });
/**
 * Reads ignore rules from an input: a YAML or JSON list; empty text is no rule.
 * @throws GitOpsError naming the input, with line and column of every error
 */
function parseIgnoreRules(text, input) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const reader = new Reader(input, document, lines);
    for (const error of document.errors)
        reader.issueAt(error.pos[0], error.message);
    if (reader.issues.length === 0 && document.contents === null)
        return [];
    const read = reader.issues.length === 0 ? reader.at(rules, document.contents, []) : undefined;
    if (read && reader.issues.length === 0)
        return read;
    const [first, ...others] = reader.issues.map(({ place, message }) => `line ${place.line}, column ${place.column}: ${message}`);
    throw new errors/* GitOpsError */.$(`Input "${input}", ${first}`, {
        details: others,
        hint: 'It is a list such as: [{kind: Deployment, pointers: [/spec/replicas]}].'
    });
}


/***/ })

};
