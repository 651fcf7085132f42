export const id = 242;
export const ids = [242,730,966];
export const modules = {

/***/ 5343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ explainForbidden),
/* harmony export */   g: () => (/* binding */ describeApiError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);


/**
 * Reads which right was missing from a 403, or undefined when it was not RBAC that refused (an admission plugin, a
 * quota, a terminating namespace).
 */
function explainForbidden(error) {
    if (error.code !== 403)
        return undefined;
    // `deployments.apps "web" is forbidden: User "ci" cannot patch resource "deployments" in API group "apps" in the namespace "shop"`
    const match = /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)?/.exec(error.message);
    if (!match)
        return undefined;
    const [, user = '', verb = '', resource = '', group = '', namespace] = match;
    const name = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)(error.details?.['name']) || undefined;
    return { user, verb, group, resource, namespace, name, role: roleFor({ user, verb, group, resource, namespace }) };
}
/**
 * An error of the API server as one for a person: what was being done, why it failed, what to do. `doing` is a
 * sentence's start such as `Applying Deployment shop/web`.
 */
function describeApiError(error, doing) {
    const details = error.causes.map((cause) => [cause.field, cause.message].filter(Boolean).join(': '));
    const options = { details: details.length > 1 ? details : [], cause: error };
    const forbidden = explainForbidden(error);
    if (forbidden) {
        const where = forbidden.namespace ? `in the namespace "${forbidden.namespace}"` : 'in the whole cluster';
        const what = forbidden.group === '' ? forbidden.resource : `${forbidden.resource}.${forbidden.group}`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the user "${forbidden.user}" may not ${forbidden.verb} ${what} ${where}.`, {
            hint: `This would allow it:\n${forbidden.role}`,
            cause: error
        });
    }
    const path = /User "([^"]*)" cannot (\S+) path "([^"]*)"/.exec(error.message);
    if (path)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the user "${path[1]}" may not ${path[2]} ${path[3]}.`, {
            hint: path[1] === 'system:anonymous'
                ? 'The request carried no credentials: the user in the kubeconfig has none.'
                : 'Bind the user to the ClusterRole system:discovery.',
            cause: error
        });
    const namespace = /unable to create new content in namespace (\S+) because it is being terminated/.exec(error.message);
    if (namespace)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the namespace "${namespace[1]}" is being deleted.`, {
            hint: 'Wait until it is gone and run again; a finalizer may hold it (kubectl get namespace -o yaml shows which).',
            cause: error
        });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: ${error.message}`, { ...options, ...hintOf(error) });
}
function hintOf(error) {
    if (/field not declared in schema|unknown field/.test(error.message))
        return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' };
    if (/exceeded quota/.test(error.message))
        return { hint: 'Ask for less, or raise the ResourceQuota of the namespace.' };
    if (/failed calling webhook|failed to call webhook/.test(error.message))
        return {
            hint: 'The admission webhook is broken or not ready: look at the pods behind its Service, then run again.'
        };
    if (error.code === 413 || /request is too large|etcdserver: request is too large/.test(error.message))
        return { hint: 'An object may have about 1.5 MiB: split it, or move large content out of it.' };
    if (/field is immutable/.test(error.message))
        return { hint: 'The field cannot be changed on a live object: the object must be deleted and created again.' };
    return {};
}
function roleFor(need) {
    const { user, verb, group, resource, namespace } = need;
    const kind = namespace ? 'Role' : 'ClusterRole';
    const scope = namespace ? `, namespace: ${namespace}` : '';
    const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user);
    const subject = account
        ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
        : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`;
    // What an apply needs is always these three together: the object is read, created or patched.
    const verbs = verb === 'patch' || verb === 'create' ? ['get', 'create', 'patch'] : [verb];
    return [
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}`,
        `metadata: {name: gitops-actions${scope}}`,
        'rules:',
        `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`,
        '---',
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}Binding`,
        `metadata: {name: gitops-actions${scope}}`,
        `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: gitops-actions}`,
        `subjects: [${subject}]`
    ].join('\n');
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

/***/ 6730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   leftTargets: () => (/* binding */ leftTargets),
/* harmony export */   r: () => (/* binding */ otherHomes)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5966);



/**
 * A target's inventory lives in its namespace, so a target whose namespace was changed begins anew, and what it made
 * before stays where it was. One sentence per place where that is so; nothing where Secrets may not be listed.
 */
async function otherHomes(cluster, key) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return [];
    try {
        const { items } = await cluster.list(secrets, {
            labelSelector: `app.kubernetes.io/managed-by=${_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .v}`,
            fieldSelector: `metadata.name=${(0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(key)}`
        });
        return items
            .map((secret) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(secret.metadata['namespace']))
            .filter((namespace) => namespace !== undefined && namespace !== key.namespace)
            .map((namespace) => `Target ${key.target} was deployed with the namespace ${namespace} before, and what it made then stays there. If it has moved, deploy it there once more without what is to go, or delete that by hand.`);
    }
    catch (error) {
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .h && error.code === 403)
            return [];
        throw error;
    }
}
/**
 * Targets of an environment that have an inventory in this cluster and are not among the declared ones: they were
 * removed or renamed, and what they made is still there. Those of other repositories do not count. Nothing where
 * Secrets may not be listed.
 */
async function leftTargets(cluster, options) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return [];
    const prefix = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)({ environment: options.environment, target: '', namespace: '' });
    try {
        const { items } = await cluster.list(secrets, {
            labelSelector: `app.kubernetes.io/managed-by=${_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .v}`,
            fieldSelector: `type=${_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .INVENTORY_TYPE */ .uo}`
        });
        return items.flatMap((secret) => {
            const { name } = secret.metadata;
            const target = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
            if (target === undefined || options.declared.includes(target))
                return [];
            const { record } = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .recordOf */ .zv)(secret);
            if (record?.repository !== undefined && record.repository !== options.repository)
                return [];
            return [{ target, namespace: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(secret.metadata['namespace']) ?? '' }];
        });
    }
    catch (error) {
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .h && error.code === 403)
            return [];
        throw error;
    }
}


/***/ }),

/***/ 5966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ applySetId),
/* harmony export */   Pv: () => (/* binding */ nextRecord),
/* harmony export */   mu: () => (/* binding */ inventoryName),
/* harmony export */   qs: () => (/* binding */ sameDeployment),
/* harmony export */   qu: () => (/* binding */ writeInventory),
/* harmony export */   readDeployment: () => (/* binding */ readDeployment),
/* harmony export */   uo: () => (/* binding */ INVENTORY_TYPE),
/* harmony export */   vr: () => (/* binding */ PART_OF_LABEL),
/* harmony export */   zv: () => (/* binding */ recordOf),
/* harmony export */   zw: () => (/* binding */ readInventory)
/* harmony export */ });
/* unused harmony export parentOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3816);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5920);





/**
 * The inventory of a target: an ApplySet parent (KEP-3659, as shipped in kubectl: `applyset.kubernetes.io/*`). It
 * says which kinds and namespaces may hold members, and carries the deployment record in its data. Members are
 * found by the `part-of` label, so the parent stays small however large the target is.
 */
const PART_OF_LABEL = 'applyset.kubernetes.io/part-of';
const ID_LABEL = 'applyset.kubernetes.io/id';
const TOOLING = 'applyset.kubernetes.io/tooling';
const GROUP_KINDS = 'applyset.kubernetes.io/contains-group-kinds';
const NAMESPACES = 'applyset.kubernetes.io/additional-namespaces';
/** Type of the Secret that holds an inventory. */
const INVENTORY_TYPE = 'gitops-actions.dev/inventory';
const HISTORY_LENGTH = 20;
/** The name of the parent Secret. Environments and targets are DNS labels, so the dots keep them apart. */
function inventoryName(key) {
    return `gitops.${key.environment}.${key.target}`;
}
/** The ApplySet id: `applyset-<base64url(sha256("name.namespace.kind.group"))>-v1`, as the specification computes it. */
function applySetId(key) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(`${inventoryName(key)}.${key.namespace}.Secret.`)
        .digest('base64url');
    return `applyset-${hash}-v1`;
}
/**
 * Reads a target's inventory; undefined when there is none (never deployed, or deleted).
 * @throws GitOpsError when an object of that name is not ours: kubectl's or another tool's ApplySet, or a plain Secret
 */
async function readInventory(cluster, key) {
    const secret = await cluster.get(parentRef(key));
    if (!secret)
        return undefined;
    const where = `Secret ${key.namespace}/${inventoryName(key)}`;
    const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'labels', ID_LABEL));
    if (id !== applySetId(key))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} exists but is not the inventory of target "${key.target}" (${ID_LABEL} is ${id ?? 'missing'}).`, {
            hint: 'Rename or remove that Secret, or give the target another name.'
        });
    const tooling = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', TOOLING)) ?? '';
    if (!tooling.startsWith('gitops-actions/'))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} is the ApplySet of other tooling ("${tooling}").`, {
            hint: 'Only the tool that made an ApplySet may change it (KEP-3659). Remove its parent Secret first, or use another target name.'
        });
    return {
        key,
        groupKinds: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', GROUP_KINDS)),
        namespaces: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', NAMESPACES)),
        ...recordOf(secret, where)
    };
}
/**
 * The deployment record of a target, from its inventory; undefined when nothing was ever deployed.
 * @throws GitOpsError when there is a record that cannot be read
 */
async function readDeployment(cluster, key) {
    const inventory = await readInventory(cluster, key);
    if (inventory?.damage)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(inventory.damage, { hint: 'Deploy once more: a deploy writes it anew.' });
    return inventory?.record;
}
/** Writes the inventory as a whole (server-side apply, forced: nobody else has a say in it). */
async function writeInventory(cluster, inventory) {
    await cluster.apply(parentOf(inventory), { force: true });
}
/** The parent Secret as an object. Exported for tests against kubectl. */
function parentOf(inventory) {
    const { key, record } = inventory;
    const data = {};
    if (record)
        data['record'] = Buffer.from((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)(record)).toString('base64');
    return {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
            name: inventoryName(key),
            namespace: key.namespace,
            labels: { [ID_LABEL]: applySetId(key), 'app.kubernetes.io/managed-by': _cluster_js__WEBPACK_IMPORTED_MODULE_3__/* .FIELD_MANAGER */ .v },
            annotations: {
                [TOOLING]: `gitops-actions/v${_version_js__WEBPACK_IMPORTED_MODULE_4__/* .VERSION */ .x}`,
                [GROUP_KINDS]: [...new Set(inventory.groupKinds)].sort().join(','),
                [NAMESPACES]: [...new Set(inventory.namespaces)]
                    .filter((name) => name !== key.namespace)
                    .sort()
                    .join(',')
            }
        },
        type: INVENTORY_TYPE,
        data
    };
}
/** The record that follows `previous`: the previous one moves to the history, which keeps the newest entries. */
function nextRecord(previous, next) {
    if (!previous)
        return { ...next, history: [] };
    const { history, ...last } = previous;
    // A run that goes on replaces its own entry: "in-progress" becomes "succeeded" without leaving a trace of itself.
    const older = last.status === 'in-progress' && last.run === next.run && last.digest === next.digest ? history : [last, ...history];
    const kept = older.slice(0, HISTORY_LENGTH);
    // However many deployments failed since: that one succeeded tells an upgrade from an installation.
    const succeeded = older.find((one) => one.status === 'succeeded');
    if (succeeded && !kept.includes(succeeded))
        kept.splice(-1, 1, succeeded);
    return { ...next, history: kept };
}
/** Whether two readings of an inventory saw the same deployment as the last one. */
function sameDeployment(one, other) {
    const key = (record) => record && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)([record.time, record.status, record.digest, record.run ?? null]);
    return key(one) === key(other);
}
function parentRef(key) {
    return { apiVersion: 'v1', kind: 'Secret', name: inventoryName(key), namespace: key.namespace };
}
function split(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value) ?? '').split(',').filter((part) => part !== '');
}
/** The deployment record in a parent Secret, or that it cannot be read. */
function recordOf(secret, where = 'The inventory') {
    const encoded = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'data', 'record'));
    if (encoded === undefined)
        return {};
    try {
        const value = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
        if (isRecord(value))
            return { record: value };
    }
    catch {
        // no JSON: damaged like any other shape that is not a record
    }
    return { damage: `${where} holds a deployment record that cannot be read: somebody edited the inventory.` };
}
function isRecord(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['target']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['digest']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['time']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asObject */ .eB)(value['images']) !== undefined &&
        Array.isArray(value['history']));
}


/***/ }),

/***/ 6242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kubernetesTarget: () => (/* binding */ kubernetesTarget)
});

// UNUSED EXPORTS: readDeployment

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/render/manifest.js
var render_manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/targets/kubernetes/cluster.js
var kubernetes_cluster = __webpack_require__(5920);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/entries.js


/** The entries of an object; what is not of their form is left out. */
function entries_managedEntries(live) {
    const entries = [];
    const list = (0,json.at)(live, 'metadata', 'managedFields');
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
function ownEntry(entries, manager = kubernetes_cluster/* FIELD_MANAGER */.v) {
    return entries.find((entry) => isApplyOf(entry, manager));
}
/** True for the entry that server-side apply keeps for a manager (subresources have entries of their own). */
function isApplyOf(entry, manager) {
    return entry.manager === manager && entry.operation === 'Apply' && entry.subresource === undefined;
}
function readEntry(value) {
    const entry = (0,json/* asObject */.eB)(value);
    const operation = entry?.['operation'];
    if (entry === undefined || (operation !== 'Apply' && operation !== 'Update'))
        return undefined;
    const manager = (0,json/* asString */.oJ)(entry['manager']) ?? '';
    const apiVersion = (0,json/* asString */.oJ)(entry['apiVersion']) ?? '';
    const fields = (0,json/* asObject */.eB)(entry['fieldsV1']) ?? {};
    const time = (0,json/* asString */.oJ)(entry['time']);
    const subresource = (0,json/* asString */.oJ)(entry['subresource']);
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
function elementOf(key) {
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
            return (0,json/* isObject */.Gv)(value) ? { key: value } : undefined;
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
function sameElement(a, b) {
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
    return list.findIndex((item) => (0,json/* isObject */.Gv)(item) && entries.every(([name, value]) => item[name] === value));
}
/** The value that a path leads to, or undefined. */
function valueAt(root, path) {
    let current = root;
    for (const element of path) {
        current = childValue(current, element);
        if (current === undefined)
            return undefined;
    }
    return current;
}
/** The value one step below, or undefined. */
function childValue(parent, element) {
    if (typeof element === 'string')
        return (0,json/* isObject */.Gv)(parent) ? parent[element] : undefined;
    return Array.isArray(parent) ? parent[positionOf(parent, element)] : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/fields.js


/** A tree that owns nothing. */
const NO_FIELDS = Object.freeze({});
/** True when a node has neither children nor `.`: a scalar, or a value that is owned as one piece. */
function isLeaf(node) {
    for (const _ in node)
        return false;
    return true;
}
/** True when the node itself is owned: a leaf, or one with `.`. Never ask this of a root: an empty root owns nothing. */
function isMember(node) {
    return '.' in node || isLeaf(node);
}
/** The node below `node` that a step leads to. */
function childOf(node, element) {
    if (node === undefined)
        return undefined;
    if (typeof element === 'string')
        return asNode(node[`f:${element}`]);
    if ('value' in element) {
        const direct = asNode(node[`v:${JSON.stringify(element.value)}`]);
        if (direct)
            return direct;
    }
    else if ('index' in element)
        return asNode(node[`i:${element.index}`]);
    const prefix = 'key' in element ? 'k:' : 'v:';
    for (const key in node) {
        if (!key.startsWith(prefix))
            continue;
        const candidate = elementOf(key);
        if (candidate !== undefined && sameElement(candidate, element))
            return asNode(node[key]);
    }
    return undefined;
}
/** The same step in every one of several trees that goes there. */
function childrenOf(nodes, element) {
    const result = [];
    for (const node of nodes) {
        const child = childOf(node, element);
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
        const child = asNode(node[key]);
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
function coverage(root, path, isPiece = () => true) {
    let node = root;
    for (let depth = 0; depth < path.length; depth++) {
        if (depth > 0 && isLeaf(node))
            return isPiece(path.slice(0, depth)) ? 'inside' : undefined;
        const element = path[depth];
        const next = element === undefined ? undefined : childOf(node, element);
        if (next === undefined)
            return undefined;
        node = next;
    }
    if (path.length === 0)
        return isLeaf(node) ? undefined : 'below';
    return isMember(node) ? 'exact' : 'below';
}
/** The node at a path, or undefined. */
function nodeAt(root, path) {
    let node = root;
    for (const element of path)
        node = childOf(node, element);
    return node;
}
/** Everything that either tree owns. */
function union(a, b, root = true) {
    const result = {};
    // A leaf is a member without children; beside children that has to be said with `.`.
    if (!root && (isMember(a) || isMember(b)) && !(isLeaf(a) && isLeaf(b)))
        result['.'] = {};
    for (const key of Object.keys(a))
        if (key !== '.')
            result[key] = a[key];
    for (const key of Object.keys(b)) {
        if (key === '.')
            continue;
        const mine = asNode(result[key]);
        const theirs = asNode(b[key]);
        if (theirs !== undefined)
            result[key] = mine === undefined ? theirs : union(mine, theirs, false);
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
        const mine = asNode(value);
        const element = elementOf(key);
        if (mine === undefined || element === undefined)
            continue;
        const theirs = asNode(b[key]);
        const here = [...path, element];
        if (theirs === undefined)
            result.push(here);
        else if (isLeaf(mine)) {
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
function asNode(value) {
    return (0,json/* isObject */.Gv)(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/managers.js
/**
 * Classifies a field manager by its name. Managers are free text that a client chooses, by default the first word of
 * its User-Agent. An unknown one that applies is taken for an applier, since applying is what deployment tools do; an
 * unknown one that updates is taken for a person's script unless its name says that it is a controller.
 */
function managerKind(manager, operation) {
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
const SYSTEM = words('kube-controller-manager', 'kube-scheduler', 'kube-apiserver', 'kubelet', 'kube-proxy', 'cloud-controller-manager', '(aws|azure|gcp|openstack|vsphere|digitalocean|hcloud|oci)-cloud-(controller-manager|node-manager|provider)', 'gcp-controller-manager', 'cluster-policy-controller', 'openshift-(controller-manager|apiserver|kube-scheduler)', 'k3s', 'k0s', 'rke2', 'microk8s', 'kubelite', 'glbc', 'ingress-gce', 'gke-.*', 'clusterrole-aggregation-controller', 'storage-version-migrator');
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
 * `adopts` decides whose entries are taken; by default those of people's tools and of other appliers.
 */
function adoptionPatch(live, adopts = isTakenOver, entries = entries_managedEntries(live)) {
    if (ownEntry(entries))
        return undefined;
    const taken = entries.filter((entry) => entry.subresource === undefined && adopts(entry));
    if (taken.length === 0)
        return undefined;
    // Paths are only comparable within one version; entries of other versions are dropped, as csaupgrade does.
    const fields = taken
        .filter((entry) => entry.apiVersion === live.apiVersion)
        .map((entry) => withoutHolds(entry.fields))
        .reduce((all, one) => union(all, one), {});
    const newest = taken.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a));
    const own = {
        manager: kubernetes_cluster/* FIELD_MANAGER */.v,
        operation: 'Apply',
        apiVersion: live.apiVersion,
        ...(newest.time === undefined ? {} : { time: newest.time }),
        fieldsType: 'FieldsV1',
        fieldsV1: fields
    };
    const raw = live.metadata['managedFields'];
    const rest = (Array.isArray(raw) ? raw : []).filter((entry) => !taken.some((one) => describes(entry, one)));
    return {
        from: [...new Set(taken.map((entry) => entry.manager))],
        taken,
        fields,
        ops: [
            { op: 'replace', path: '/metadata/managedFields', value: [own, ...rest] },
            // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
            { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
        ]
    };
}
/**
 * Made by a person or by another tool that deploys; never what controllers keep writing, nor what the API server
 * books on nobody (`before-first-apply`), which includes values that it allocated itself.
 */
function isTakenOver(entry) {
    return entry.manager !== UNRECORDED && managerKind(entry.manager, entry.operation) !== 'system';
}
/** Under this name the API server books everything that was there before ownership was recorded. */
const UNRECORDED = 'before-first-apply';
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
    const [read] = entries_managedEntries({
        apiVersion: '',
        kind: '',
        metadata: { name: '', managedFields: [raw] }
    });
    return read !== undefined && (0,json/* stringifyJson */.sd)(read) === (0,json/* stringifyJson */.sd)(entry);
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
        .filter((entry) => !isApplyOf(entry, kubernetes_cluster/* FIELD_MANAGER */.v) && coverage(entry.fields, path, isPiece) !== undefined)
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
        if (isApplyOf(entry, kubernetes_cluster/* FIELD_MANAGER */.v) || (entry.time ?? '') < since || entry.subresource === 'status')
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

;// CONCATENATED MODULE: ./src/targets/kubernetes/ownership/index.js







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
    const scaledObject = object.kind === 'ScaledObject' && (0,render_manifest/* groupOf */.F8)(object) === 'keda.sh';
    if (!scaledObject && (object.kind !== 'HorizontalPodAutoscaler' || (0,render_manifest/* groupOf */.F8)(object) !== 'autoscaling'))
        return undefined;
    const target = (0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'scaleTargetRef'));
    const name = (0,json/* asString */.oJ)(target?.['name']);
    if (name === undefined)
        return undefined;
    // KEDA's defaults; a HorizontalPodAutoscaler has to name both.
    const kind = (0,json/* asString */.oJ)(target?.['kind']) ?? 'Deployment';
    const apiVersion = (0,json/* asString */.oJ)(target?.['apiVersion']) ?? (scaledObject ? 'apps/v1' : undefined);
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return {
        ...(apiVersion === undefined ? {} : { group: (0,render_manifest/* groupOf */.F8)({ apiVersion }) }),
        kind,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        pointers: ['/spec/replicas']
    };
}

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
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Annotations that are rewritten as a side effect of other changes: kubectl's copy of the object, a counter of the API server. */
const BOOKKEEPING = new Set([LAST_APPLIED, 'deprecated.daemonset.template.generation']);
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
    const bookkeeping = annotations !== undefined && LAST_APPLIED in annotations;
    if (!bookkeeping && !SERVER_METADATA.some((field) => field in metadata))
        return metadata;
    const clean = { ...metadata };
    for (const field of SERVER_METADATA)
        delete clean[field];
    if (bookkeeping) {
        const { [LAST_APPLIED]: _, ...rest } = annotations;
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
        return new Shape(childrenOf(this.#nodes, element), typeof element === 'string' ? fieldType(this.type, element) : itemType(this.type), this.custom);
    }
    /** How the list here is merged; undefined when nothing tells. */
    list() {
        const keys = new Set();
        for (const node of this.#nodes)
            for (const name in node) {
                if (name.startsWith('v:'))
                    return { by: 'value' };
                const element = name.startsWith('k:') ? elementOf(name) : undefined;
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
        return this.#nodes.some(isLeaf) ? { by: 'replacing' } : undefined;
    }
    /** True when the map here is known to be replaced as one piece. */
    replacesMap() {
        if (this.#nodes.some((node) => !isLeaf(node)))
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
    for (const [id, { element, item }] of a)
        compareItem(item, b.get(id)?.item, [...path, element], shape.child(element), found);
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
        if (items.has(id) || (typeof element !== 'string' && 'index' in element))
            return undefined;
        items.set(id, { element, item });
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
        released: facts.adoption ? [] : difference(before, after).filter(untouched).map(printPath)
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
    const declared = all.filter((one) => coverage(after, one.path, given.isPiece) ??
        coverage(before, one.path, given.isPiece) ??
        // An empty list that is merged is owned by nobody, but sent all the same.
        (valueAt(payload, one.path) === undefined ? undefined : 'exact') ??
        // Merging an empty map removes nothing: where something goes, the API server replaces the map by it.
        (one.after === undefined ? coverage(after, one.path) : undefined));
    if (declared.length === 0)
        return { declared, following: [] };
    return { declared, following: all.filter((one) => !declared.includes(one) && one.path[0] !== 'metadata') };
}
function fieldChange(given, one) {
    const { mask, entries, before, after, isPiece } = given;
    const base = {
        path: printPath(one.path),
        before: mask(one.path, projected(one.before, recorded(given, one.path))),
        after: mask(one.path, projected(one.after, nodeAt(after, one.path)))
    };
    const attribution = one.order ? unknownOf(entries) : attributeIn(entries, one.path, isPiece);
    if (attribution.known)
        return { ...base, attribution };
    // Still ours and nobody else's, or new in the declaration: nobody did anything to the live object. The order of
    // items is nobody's, so that says nothing about it.
    if (given.purpose === 'deploy' || (coverage(before, one.path, isPiece) && !one.order))
        return base;
    return { ...base, attribution };
}
function unknownOf(entries) {
    return { known: false, candidates: candidates(entries) };
}
/** What anybody is recorded to have written below a path. */
function recorded({ before, entries }, path) {
    const nodes = [before, ...entries.map((entry) => entry.fields)].flatMap((tree) => {
        const node = nodeAt(tree, path);
        return node === undefined ? [] : [node];
    });
    return nodes.length === 0 ? undefined : nodes.reduce((a, b) => union(a, b, false));
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
        const below = nodeAt(node, [field]);
        if (inner !== undefined)
            result[field] = below === undefined ? inner : project(inner, below);
    }
    return result;
}
/** Values that the API server chooses anew in every dry run would make every plan a different one. */
const ALLOCATED = /^spec\.(clusterIPs?(\[\d+\])?|healthCheckNodePort|ports\[[^\]]*\]\.nodePort)$/;
function followingChange(given, one) {
    const path = printPath(one.path);
    const allocated = one.after !== undefined && ALLOCATED.test(path);
    return {
        path,
        before: given.mask(one.path, one.before),
        after: given.mask(one.path, allocated ? 'chosen by the API server' : one.after)
    };
}
function reclaimed(given, untouched) {
    const { live, payload, entries, before, after, mask } = given;
    const paths = difference(after, before).filter(untouched);
    if (given.adoption)
        return [
            {
                path: 'metadata.managedFields',
                before: { type: 'value', value: [...given.adoption.from] },
                after: { type: 'value', value: [kubernetes_cluster/* FIELD_MANAGER */.v] }
            }
        ];
    return paths.map((path) => {
        // An empty value that the API server does not keep is only found in the declaration.
        const value = mask(path, projected(valueAt(live, path) ?? valueAt(payload, path), nodeAt(after, path)));
        const attribution = attributeIn(entries, path, given.isPiece);
        return { path: printPath(path), before: value, after: value, ...(attribution.known ? { attribution } : {}) };
    });
}
function conflictsAt({ after, entries, isPiece }, one) {
    const ours = coverage(after, one.path, isPiece);
    if (one.order || (ours !== 'exact' && ours !== 'inside'))
        return [];
    return ownersOf(entries, one.path, isPiece)
        .filter((owner) => coverage(owner.fields, one.path, isPiece) !== 'below')
        .map((owner) => ({
        path: printPath(one.path),
        manager: owner.manager,
        kind: managerKind(owner.manager, owner.operation),
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
    const declared = valueAt(payload, path);
    // Nothing is known of custom resources but what was written: an empty map that we declare may be anything.
    if (declared === null || ((0,json/* isObject */.Gv)(declared) && Object.keys(declared).length === 0))
        return false;
    return at.list()?.by === 'replacing';
}
/** True when one path holds the other. */
function overlaps(a, b) {
    const [x, y] = [printPath(a), printPath(b)];
    return x === y || isInside(x, y) || isInside(y, x);
}
function isInside(path, holder) {
    return path.startsWith(holder) && /[.[]/.test(path.charAt(holder.length));
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
        put(result, field, merged.value);
        if (merged.fields !== undefined)
            fields[`f:${field}`] = merged.fields;
    }
    return { value: result, fields: Object.keys(fields).length > 0 ? fields : undefined };
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
    const before = childOf(trees.before, element);
    return (before && {
        before,
        after: childOf(trees.after, element),
        others: childrenOf(trees.others, element),
        type: typeof element === 'string' ? fieldType(trees.type, element) : itemType(trees.type)
    });
}
function pruneItem(item, trees) {
    if (trees === undefined)
        return item;
    // An item goes with its owner, even if somebody else set fields of it: they do not own its existence.
    if (trees.after === undefined && isMember(trees.before) && !trees.others.some(isMember))
        return undefined;
    return pruneField(item, trees);
}
function pruneField(value, trees) {
    const { before, after, others, type } = trees;
    // A field goes with all that is inside, defaults that nobody owns included.
    if (after === undefined && others.length === 0)
        return undefined;
    // The entries of free-form maps go with the map as items go with their list.
    if (after === undefined && type === undefined && isMember(before) && !others.some(isMember))
        return undefined;
    return isLeaf(before) ? value : prune(value, trees);
}
function put(target, field, value) {
    if (value === undefined)
        delete target[field];
    else
        target[field] = value;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/refusal.js
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

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/secrets.js





/**
 * Values of a Secret are shown by a fingerprint under the key of the run: equal values are recognisably equal, and
 * nobody without the key can try values out. `data` and `stringData` of equal content give equal fingerprints.
 */
function maskFor(object, secretKey) {
    if (!isSecret(object))
        return (_path, value) => (value === undefined ? { type: 'absent' } : { type: 'value', value });
    return (path, value) => {
        if (value === undefined)
            return { type: 'absent' };
        if (!isSensitive(path))
            return { type: 'value', value };
        const decoded = path[0] === 'data' && typeof value === 'string' ? external_node_buffer_.Buffer.from(value, 'base64') : undefined;
        const content = decoded ?? (typeof value === 'string' ? value : (0,json/* canonicalJson */.dj)(value));
        return { type: 'secret', fingerprint: (0,external_node_crypto_.createHmac)('sha256', secretKey).update(content).digest('hex').slice(0, 16) };
    };
}
function isSecret(object) {
    return object.kind === 'Secret' && object.apiVersion === 'v1';
}
/** Everything but metadata, type and `immutable`; of the metadata what kubectl copies the data into. */
function isSensitive(path) {
    if (path[0] === 'metadata')
        return path[1] === 'annotations' && (path.length === 2 || path[2] === LAST_APPLIED);
    return path[0] !== 'type' && path[0] !== 'immutable';
}
function redactedError(object, error) {
    if (!isSecret(object) || !(error instanceof kubernetes_cluster/* ApiError */.h))
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
    return new kubernetes_cluster/* ApiError */.h(error.code, error.reason, clean(error.message), {
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
    if (isSystemComponent(entry.manager))
        return 'kubernetes-component';
    if (entry.manager === REVERT_MANAGER)
        return 'defaults-after-revert';
    if (entry.manager === UNRECORDED)
        return 'unrecorded';
    if (path[0] === 'metadata' && path[1] === 'annotations' && BOOKKEEPING.has(String(path[2])))
        return 'bookkeeping';
    if (JOB_LABELS.test(String(path[2] ?? '')) && live.kind === 'Job' && path[1] === 'labels')
        return 'kubernetes-component';
    const rule = RULES.find((one) => one.manager.test(entry.manager) && one.writes(path, entry));
    if (rule)
        return rule.name;
    if (entry.operation === 'Update' && isOwnController(entry.manager, live))
        return 'own-controller';
    return undefined;
}
/** The API server gives a Job the labels of its pods when it has none, in the name of whoever took its last one. */
const JOB_LABELS = /^(batch\.kubernetes\.io\/.*|controller-uid|job-name)$/;
const annotation = (prefix) => (path) => path[0] === 'metadata' && (path[1] === 'annotations' || path[1] === 'labels') && prefix.test(String(path[2] ?? ''));
const replicas = (path) => path[0] === 'spec' && path[1] === 'replicas';
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
        writes: (path) => path.includes('caBundle') || annotation(/^(cert-manager\.io|acme\.cert-manager\.io)\//)(path)
    },
    {
        name: 'istio',
        manager: /^(pilot-discovery|istiod|istio-operator)$/,
        writes: (path) => path.includes('caBundle') || path.includes('failurePolicy')
    },
    {
        name: 'linkerd',
        manager: /^linkerd.*/,
        writes: (path) => path.includes('caBundle') || annotation(/linkerd\.io\//)(path)
    },
    {
        name: 'kyverno',
        manager: /^(kyverno.*|background-controller|reports-controller|cleanup-controller)$/,
        writes: (path) => path.includes('caBundle') || annotation(/kyverno\.io\//)(path)
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
    if (managerKind(manager, 'Update') !== 'system')
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
        if (isApplyOf(entry, kubernetes_cluster/* FIELD_MANAGER */.v))
            continue;
        for (const { path, value } of additions(entry.fields, owned, payload, live)) {
            const text = printPath(path);
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
            attribution: { known: true, ...actorOf(newest) }
        });
    }
    return { fields: withoutNested(fields), recognised };
}
function* additions(theirs, ours, declared, live, path = []) {
    for (const [element, node] of children(theirs)) {
        if (path.length === 0 && element === 'status')
            continue;
        const value = childValue(live, element);
        if (value === undefined || value === null)
            continue;
        yield* additionsAt(element, node, childOf(ours, element), childValue(declared, element), value, [...path, element]);
    }
}
function* additionsAt(element, theirs, ours, declared, value, path) {
    if (ours !== undefined && isLeaf(ours) && !isEmpty(declared))
        return; // Ours as one piece, whoever else owns it.
    if (ours === undefined && (isLeaf(theirs) || (typeof element !== 'string' && isMember(theirs)))) {
        // An item or a field that is theirs alone: shown whole.
        if (!isKeyOf(element, path))
            yield { path, value };
        return;
    }
    for (const [below, node] of children(theirs)) {
        const inner = childValue(value, below);
        if (inner === undefined || inner === null)
            continue;
        yield* additionsAt(below, node, childOf(ours, below), declaredAt(declared, below), inner, [...path, below]);
    }
}
/** The fields by which an item is known belong to the item, whoever wrote them down. */
function isKeyOf(element, path) {
    const parent = path.at(-2);
    return typeof element === 'string' && typeof parent === 'object' && 'key' in parent && element in parent.key;
}
function declaredAt(declared, element) {
    const direct = childValue(declared, element);
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
            if (listed.has(printPath(location.slice(0, depth))))
                return false;
        return true;
    });
}
/**
 * A JSON patch that takes fields which others added out of a live object again, to be written under
 * `REVERT_MANAGER`. It fails if the object has changed since.
 */
function removalPatch(live, fields) {
    const pointers = fields
        .map((field) => pointerTo(live, field.location))
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
function pointerTo(live, path) {
    const pointer = [];
    let value = live;
    for (const element of path) {
        const next = childValue(value, element);
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

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/pattern.js



/**
 * Reads the path of an ignore rule: a JSON pointer (`/spec/ports/*`), or a path as reports print and jq writes it
 * (`spec.ports[name=web].nodePort`, `.spec.ports[] | select(.name == "web")`).
 * @throws GitOpsError that names what cannot be read
 */
function parsePattern(text) {
    const pattern = text.startsWith('/') ? parsePointer(text) : parseDotted(text);
    if (pattern.length === 0)
        throw unreadable(text, 'it selects the whole object');
    return pattern;
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
const TOKEN = /\s*(?:\.?(?<name>[A-Za-z_$][\w$-]*)\??|\.?"(?<quoted>(?:[^"\\]|\\.)*)"|\.?\[(?<inside>(?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]\??|\|\s*select\(\s*\.(?<field>[\w$-]+)\s*==\s*(?<value>"(?:[^"\\]|\\.)*"|[\w.-]+)\s*\)|\|\s*(?=\.))/y;
function parseDotted(text) {
    const steps = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
        const start = TOKEN.lastIndex;
        const groups = TOKEN.exec(text)?.groups;
        if (groups === undefined)
            throw unreadable(text, `at "${text.slice(start)}"`);
        const { name, quoted, inside, field, value } = groups;
        if (name !== undefined)
            steps.push({ step: 'field', name });
        else if (quoted !== undefined)
            steps.push({ step: 'field', name: unquote(`"${quoted}"`) });
        else if (inside !== undefined)
            steps.push(parseBrackets(inside.trim()));
        else if (field !== undefined && value !== undefined) {
            // `.a[] | select(…)` narrows the items that were just taken.
            if (steps.at(-1)?.step !== 'any')
                throw unreadable(text, 'select() has to follow []');
            steps.splice(-1, 1, { step: 'where', values: { [field]: unquote(value) } });
        }
    }
    return steps;
}
function parseBrackets(inside) {
    if (inside === '' || inside === '*')
        return { step: 'any' };
    if (/^\d+$/.test(inside))
        return { step: 'index', index: Number(inside) };
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
function unreadable(text, why) {
    return new errors/* GitOpsError */.$(`The path "${text}" of an ignore rule cannot be read: ${why}.`, {
        hint: 'Write a JSON pointer (/spec/replicas), or a path as reports show it: spec.template.spec.containers[name=web].image'
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
            return (0,json/* isObject */.Gv)(item) && Object.entries(step.values).every(([field, value]) => pattern_text(item[field]) === value);
        default:
            return false;
    }
}
function pattern_text(value) {
    return value === undefined || typeof value === 'object' ? undefined : String(value);
}
/** True when the pattern selects the path or something that holds it. `root` tells positions and values of items. */
function covers(pattern, path, root) {
    if (path.length < pattern.length)
        return false;
    let value = root;
    for (const [depth, step] of pattern.entries()) {
        const element = path[depth];
        if (element === undefined)
            return false;
        const next = childValue(value, element);
        if (typeof element === 'string' ? !matchesField(step, element) : !matchesElement(step, element, value, next))
            return false;
        value = next;
    }
    return true;
}
function matchesElement(step, element, list, item) {
    const index = 'index' in element ? element.index : Array.isArray(list) && item !== undefined ? list.indexOf(item) : -1;
    if (matchesItem(step, item, index))
        return true;
    return item === undefined && 'key' in element && matchesItem(step, element.key, index);
}

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
    if (Array.isArray(declared) || Array.isArray(live))
        return mapItems(place, 'as declared', (at, item, index) => {
            if (!matchesItem(step, item, index))
                return at.declared;
            // An item that is new is sent as it is declared: its fields have no live values yet.
            return at.live === undefined && rest.length > 0 ? at.declared : settlePattern(rest, at);
        });
    if (!(0,json/* isObject */.Gv)(declared) && !(0,json/* isObject */.Gv)(live))
        return declared;
    return mapFields(place, (at, field) => (matchesField(step, field) ? settlePattern(rest, at) : at.declared));
}
/** An ignored value: what others own is not sent; else what is live, as far as it is declared or ours. */
function settle(place) {
    const { declared, live, own, others, shape } = place;
    if (place.piece)
        return live;
    // The API server dropped an empty value that we sent: sending it again is what keeps our ownership as it is.
    if (live === undefined)
        return own !== undefined && isLeaf(own) && declared !== undefined && isDropped(declared, shape.type)
            ? declared
            : undefined;
    const parted = [own, ...others].some((node) => node !== undefined && !isLeaf(node));
    if ((0,json/* isObject */.Gv)(live) && (parted || ((0,json/* isObject */.Gv)(declared) && !shape.replacesMap())))
        return mapFields(place, (at) => settle(at));
    if (Array.isArray(live) && (parted || isParted(shape.list())))
        return mapItems(place, 'as live', (at) => settle(at));
    if (others.some(isMember))
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
    const kept = place.own !== undefined && isMember(place.own) && (0,json/* isObject */.Gv)(place.live);
    return Object.keys(result).length > 0 || kept ? result : undefined;
}
/**
 * Maps the items that are declared, ours, or live in a piece. `as live`: the order is ignored with the list; else
 * items come in the order of the declaration, further ones after them.
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
        return !here.has(id) && (inPiece || (element !== undefined && childOf(place.own, element) !== undefined));
    });
    const wanted = [...here.keys(), ...further];
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
    const missing = merge.keys.filter(({ name }) => !(name in item) && name in before && (at.own === undefined || childOf(at.own, name) !== undefined));
    if (missing.length === 0)
        return item;
    return { ...Object.fromEntries(missing.map(({ name }) => [name, before[name] ?? null])), ...item };
}
function settle_below(place, element, piece) {
    return {
        own: childOf(place.own, element),
        others: childrenOf(place.others, element),
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
    /** What is ignored in an object; undefined for nothing. */
    for(object, entries) {
        const rules = this.#rules.filter((rule) => rule.matches(object));
        if (rules.length === 0)
            return undefined;
        const patterns = rules.flatMap((rule) => rule.patterns);
        const ignored = entries.filter((entry) => rules.some((rule) => rule.manager?.test(entry.manager)));
        return {
            patterns,
            entries: ignored,
            covers(path, ...roots) {
                if (patterns.some((pattern) => roots.some((root) => covers(pattern, path, root))))
                    return true;
                return ignored.some((entry) => ['exact', 'inside'].includes(coverage(entry.fields, path) ?? ''));
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
        for (const path of members(entry.fields))
            result = strip(result, path, entry.fields) ?? result;
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
    const below = childOf(node, element);
    if (typeof element === 'string') {
        if (!(0,json/* isObject */.Gv)(declared) || !(element in declared))
            return declared;
        if (rest.length > 0)
            return { ...declared, [element]: strip(declared[element], rest, below) ?? null };
        if (below === undefined || !isMember(below) || Object.keys(below).length > 0)
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
        ? (strip(item, rest, asNode(below)) ?? item)
        : item);
}
function compile(rule) {
    const [group, kind, name, namespace] = [rule.group, rule.kind, rule.name, rule.namespace].map((text) => text === undefined ? undefined : glob([text]));
    return {
        matches: (object) => (kind?.test(object.kind) ?? true) &&
            (group?.test((0,render_manifest/* groupOf */.F8)(object)) ?? true) &&
            (name?.test(object.metadata.name) ?? true) &&
            (namespace?.test((0,render_manifest/* namespaceOf */.N6)(object) ?? '') ?? true),
        patterns: (rule.pointers ?? []).map(parsePattern),
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

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/subject.js





/** Undefined when there is no live object. */
function examine(pair, resource, rules, options) {
    const { live } = pair;
    if (live === undefined)
        return undefined;
    const declared = pair.manifest.object;
    const entries = entries_managedEntries(live);
    const applied = ownEntry(entries);
    const ignored = rules.for(declared, entries);
    // What drifted is ours already, even when somebody took every field of it.
    const adoption = applied || options.purpose === 'drift'
        ? undefined
        : adoptionPatch(live, (entry) => isTakenOver(entry) && !rules.ignoresManager(declared, entry.manager), entries);
    const own = applied?.fields ?? adoption?.fields ?? NO_FIELDS;
    const others = entries.filter((entry) => entry !== applied && adoption?.taken.includes(entry) !== true);
    let payload = payloadOf(declared, resource);
    if (ignored)
        payload = withoutIgnored(payload, live, ignored, own, others);
    const mask = maskFor(declared, options.secretKey);
    return { pair, resource, live, payload, entries, own, others, adoption, ignored, mask };
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
    if (options.purpose !== 'drift' || options.foreignFields === 'ignore')
        return { foreign: [] };
    const { payload, live, others, ignored, mask } = subject;
    const { fields, recognised } = foreignFields(payload, live, owned, others, {
        mask,
        ignores: (path, manager) => ignored !== undefined &&
            (ignored.covers(path, live) || ignored.entries.some((entry) => entry.manager === manager))
    });
    return recognised.length > 0 ? { foreign: fields, recognised } : { foreign: fields };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/compare/ask.js










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
            if (!(error instanceof kubernetes_cluster/* ApiError */.h))
                throw error;
            // Only the write under a precondition tells that way that the object has changed.
            if (error.code === 409 && subject.adoption && attempt < ATTEMPTS)
                continue;
            return refused(subject, error, options);
        }
        if (versionOf(answer.predicted) !== versionOf(subject.live) && attempt < ATTEMPTS)
            continue;
        const verdict = verdictOf(subject, judgeSubject(subject, answer, options), answer.owned, options);
        return { ...verdict, predicted: answer.predicted };
    }
}
/** Dry runs force: who would be overruled is read from the live object. */
async function predict(cluster, { payload }) {
    const predicted = await cluster.apply(payload, { dryRun: true, force: true });
    return { predicted, owned: ownEntry(entries_managedEntries(predicted))?.fields ?? NO_FIELDS };
}
/**
 * Adoption is a write of its own before the apply, which no dry run of the apply can know. So the apply is done
 * locally on what adoption makes ours, and the API server is asked to complete and judge its result.
 */
async function predictAdopted(cluster, subject) {
    const { object, fields } = applyHere(subject);
    const path = (0,paths/* objectPath */.du)(subject.resource, object.metadata.name, (0,render_manifest/* namespaceOf */.N6)(object));
    try {
        const predicted = await cluster.request('PUT', `${path}?dryRun=All&fieldManager=${kubernetes_cluster/* FIELD_MANAGER */.v}`, object);
        return { predicted: { ...object, ...predicted }, owned: fields };
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.h) || error.code === 409 || refusalOf(error).type !== 'other')
            throw error;
        // Roles may allow to apply but not to update, and what was merged locally may be wrong: the apply alone still
        // shows what the declaration changes, if not what goes with the other tool's ownership.
        return await predict(cluster, subject);
    }
}
function applyHere({ payload, live, own, others }) {
    return applyLocally(payload, live, own, others.map((entry) => entry.fields));
}
/** The same subject with the object as it lives now; undefined when it is gone. */
async function read(cluster, subject, rules, options) {
    const { apiVersion, kind } = subject.payload;
    const namespace = (0,render_manifest/* namespaceOf */.N6)(subject.live);
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
function refused(subject, error, options) {
    const refusal = refusalOf(error);
    const base = unchanged(subject, subject.own, options);
    if (refusal.type === 'other')
        return { ...base, verdict: 'error', error: redactedError(subject.pair.manifest.object, error) };
    const { object, fields } = applyHere(subject);
    const judgement = judgeSubject(subject, { predicted: object, owned: fields }, options);
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
        reason: `compared without the API server, because ${refusal.reason}`
    };
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
        const element = elementOf(name);
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
    const own = ownEntry(entries);
    if (own === undefined)
        return 'not-owned';
    if (own.apiVersion !== payload.apiVersion || live.apiVersion !== payload.apiVersion)
        return 'version';
    const others = entries.filter((entry) => !isApplyOf(entry, kubernetes_cluster/* FIELD_MANAGER */.v) && entry.subresource !== 'status');
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
        if (own === undefined || !isLeaf(own))
            return 'ownership';
        if (declared === null)
            return live === undefined || live === null ? undefined : 'unclear';
        if (live === undefined || live === null)
            return isDropped(declared, type) ? undefined : 'value';
        return sameScalar(declared, live, type) ? undefined : 'value';
    }
    #map(declared, live, own, type, others) {
        if (own !== undefined && isLeaf(own))
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
            const node = asNode(own[key]);
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
        if (isLeaf(own))
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
            const element = elementOf(name);
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
            const node = name === undefined ? undefined : asNode(own[name]);
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
        const child = asNode(node[key]);
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
    if (others.some((node) => !isLeaf(node)))
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
    if (own === undefined || !isLeaf(own))
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
    if (!isLeaf(own))
        return 'ownership';
    if (others.some((node) => !isLeaf(node)))
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
        if (asNode(own[`v:${JSON.stringify(value)}`]) === undefined)
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
        error: new errors/* GitOpsError */.$(`${(0,render_manifest/* objectId */.Tu)(object)}: the API server knows no ${object.kind} in ${object.apiVersion}.`, {
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
 * - `ask.ts` (`local.ts`, `refusal.ts`): dry runs of the rest, and what stands in for one that is refused
 * - `judge.ts` (`diff.ts`, `shape.ts`): which differences are ours, who owns them now
 * - `foreign.ts` (`writers.ts`): what others put into our objects
 */








// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/targets/kubernetes/describe.js

/** An object in the engine-neutral words of a plan. */
function resourceOf(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return {
        id: (0,render_manifest/* objectId */.Tu)(object),
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}
/** `Deployment shop/web`. */
function describe(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
}
/** Where the API server keeps an object. */
function refOf(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/delete.js




/**
 * Deletes this very object (by UID) and returns when it is gone.
 * @throws GitOpsError naming the finalizers that hold it when it is still there at the deadline
 */
async function deleteAndWait(options, object, deadline) {
    const { cluster, signal } = options;
    const now = options.now ?? (() => new Date());
    const ref = refOf(object);
    const uid = (0,json/* asString */.oJ)(object.metadata['uid']);
    await cluster.delete(ref, { propagation: 'Background', ...(uid === undefined ? {} : { uid }) });
    for (let pause = 50;; pause = Math.min(pause * 2, 1000)) {
        const live = await cluster.get(ref);
        if (!live || (uid !== undefined && (0,json/* asString */.oJ)(live.metadata['uid']) !== uid))
            return;
        if (now().getTime() + pause > deadline || signal?.aborted) {
            const finalizers = ((0,json/* asList */.DD)((0,json.at)(live, 'metadata', 'finalizers')) ?? []).map(String);
            throw new errors/* GitOpsError */.$(`${describe(object)} was deleted but is still there${finalizers.length > 0 ? `, held by the finalizers ${finalizers.join(', ')}` : ''}.`, {
                hint: 'Find why it is not removed (kubectl get -o yaml); the next run goes on from here.'
            });
        }
        await (0,promises_.setTimeout)(pause);
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/status.js

const healthy = (message) => ({ status: 'Healthy', message });
const progressing = (message) => ({ status: 'Progressing', message });
const degraded = (message) => ({ status: 'Degraded', message });
const suspended = (message) => ({ status: 'Suspended', message });
const unknown = (message) => ({ status: 'Unknown', message });
/** The conditions of a list as it stands in an object; entries of another shape are left out. */
function conditionsIn(list) {
    const conditions = [];
    for (const entry of (0,json/* asList */.DD)(list) ?? []) {
        const condition = (0,json/* asObject */.eB)(entry);
        const type = (0,json/* asString */.oJ)(condition?.['type']);
        if (condition === undefined || type === undefined)
            continue;
        conditions.push({
            type,
            status: wordOf(condition['status']),
            reason: (0,json/* asString */.oJ)(condition['reason']) ?? '',
            message: (0,json/* asString */.oJ)(condition['message']) ?? '',
            lastTransitionTime: (0,json/* asString */.oJ)(condition['lastTransitionTime']) ?? '',
            observedGeneration: asInteger(condition['observedGeneration'])
        });
    }
    return conditions;
}
/** `status.conditions` of an object. */
function conditionsOf(object) {
    return conditionsIn((0,json.at)(object, 'status', 'conditions'));
}
/** The first condition of a type, or undefined. */
function conditionOf(object, type) {
    return conditionsOf(object).find((condition) => condition.type === type);
}
/** The message of a condition without what would end the sentence twice; its reason when it has no message. */
function reasonOf(condition) {
    return status_clause(condition.message || condition.reason);
}
/** An integer, also where it was read as `bigint`; undefined for anything else. */
function asInteger(value) {
    if (typeof value === 'bigint')
        return Number(value);
    return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}
/** The integer below `keys`, or `fallback`. */
function integerAt(object, fallback, ...keys) {
    return asInteger((0,json.at)(object, ...keys)) ?? fallback;
}
/** The string below `keys`, or the empty string. */
function stringAt(object, ...keys) {
    return (0,json/* asString */.oJ)((0,json.at)(object, ...keys)) ?? '';
}
/** `metadata.annotations[name]`, or undefined. */
function annotationOf(object, name) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', name));
}
/** `Deployment shop/web`. Works on objects without metadata, which an untrusted file may hold. */
function nameOf(object) {
    const namespace = stringAt(object, 'metadata', 'namespace');
    return `${object.kind} ${namespace === '' ? '' : `${namespace}/`}${stringAt(object, 'metadata', 'name')}`.trim();
}
/** Untrusted text as part of a sentence: one line, no closing dot, never more than 400 characters. */
function status_clause(text) {
    const line = text.replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
    return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
/** `1 pod`, `3 pods`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
/** `2 of 3 pods`. */
function share(part, whole, noun) {
    return `${part} of ${whole} ${noun}s`;
}
/** `1 pod`, `all 3 pods`, as the beginning of a sentence. */
function every(number, noun) {
    return number === 1 ? `1 ${noun}` : `All ${number} ${noun}s`;
}
function wordOf(value) {
    if (typeof value === 'boolean')
        return value ? 'True' : 'False';
    return (0,json/* asString */.oJ)(value) ?? '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/pods.js


/** Argo CD's answer for a Pod (source: argoproj/argo-cd, gitops-engine/pkg/health/health_pod.go). */
function argoPod(object) {
    const policy = effectivePolicy(object);
    const containers = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [];
    if (policy === 'Always') {
        const waiting = containers.map((container) => (0,json.at)(container, 'state', 'waiting')).filter(isErrorWait);
        if (waiting.length > 0)
            return degraded(waiting.map((wait) => stringAt(wait, 'message')).join(', '));
    }
    const message = stringAt(object, 'status', 'message');
    switch (stringAt(object, 'status', 'phase')) {
        case 'Pending':
            return progressing(message);
        case 'Succeeded':
            return healthy(message);
        case 'Failed':
            return degraded(message || failureOf(object));
        case 'Running':
            if (policy === 'OnFailure' || policy === 'Never')
                return progressing(message);
            if (policy !== 'Always')
                return unknown(message);
            if (conditionOf(object, 'Ready')?.status === 'True')
                return healthy(message);
            return containers.some((container) => (0,json/* asObject */.eB)((0,json.at)(container, 'lastState', 'terminated')) !== undefined)
                ? degraded(message)
                : progressing(message);
        default:
            return unknown(message);
    }
}
/** Pods that are meant to end count as long-running ones where they ask for it, unless they are hooks. */
function effectivePolicy(object) {
    const policy = stringAt(object, 'spec', 'restartPolicy');
    if (annotationOf(object, 'argocd.argoproj.io/ignore-restart-policy') !== 'true' || isHook(object))
        return policy;
    return 'Always';
}
function isHook(object) {
    const hook = annotationOf(object, 'argocd.argoproj.io/hook');
    if (hook !== undefined)
        return hook !== 'Skip';
    const helm = annotationOf(object, 'helm.sh/hook');
    return helm !== undefined && helm !== 'crd-install';
}
function isErrorWait(waiting) {
    const reason = stringAt(waiting, 'reason');
    return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff');
}
function failureOf(object) {
    const containers = [
        ...((0,json/* asList */.DD)((0,json.at)(object, 'status', 'initContainerStatuses')) ?? []),
        ...((0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [])
    ];
    for (const container of containers) {
        const ended = (0,json.at)(container, 'state', 'terminated');
        if (stringAt(ended, 'message') !== '')
            return stringAt(ended, 'message');
        if (stringAt(ended, 'reason') === 'OOMKilled')
            return 'OOMKilled';
        const code = asInteger((0,json.at)(ended, 'exitCode'));
        if (code)
            return `container "${stringAt(container, 'name')}" failed with exit code ${code}`;
    }
    return '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/workloads.js


/*
 * Argo CD's answers for workloads, with its wording (source: argoproj/argo-cd, gitops-engine/pkg/health). These rules
 * reproduce another tool's judgement, peculiarities included; our own are in ../rules.
 */
function argoDeployment(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return suspended('Deployment is paused');
    if (isStale(object))
        return progressing('Waiting for rollout to finish: observed deployment generation less than desired generation');
    const declared = asInteger((0,json.at)(object, 'spec', 'replicas'));
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
        return degraded(`Deployment "${stringAt(object, 'metadata', 'name')}" exceeded its progress deadline`);
    if (declared !== undefined && updated < declared)
        return progressing(`Waiting for rollout to finish: ${updated} out of ${declared} new replicas have been updated...`);
    if (replicas > updated)
        return progressing(`Waiting for rollout to finish: ${replicas - updated} old replicas are pending termination...`);
    if (available < updated)
        return progressing(`Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`);
    return healthy('');
}
function argoStatefulSet(object) {
    const observed = integerAt(object, 0, 'status', 'observedGeneration');
    if (observed === 0 || integerAt(object, 0, 'metadata', 'generation') > observed)
        return progressing('Waiting for statefulset spec update to be observed...');
    const declared = asInteger((0,json.at)(object, 'spec', 'replicas'));
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    if (declared !== undefined && ready < declared)
        return progressing(`Waiting for ${declared - ready} pods to be ready...`);
    const strategy = stringAt(object, 'spec', 'updateStrategy', 'type');
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    if (strategy === 'RollingUpdate' && (0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate') != null) {
        const partition = asInteger((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'));
        if (declared !== undefined && partition !== undefined && updated < declared - partition)
            return progressing(`Waiting for partitioned roll out to finish: ${updated} out of ${declared - partition} new pods have been updated...`);
        return healthy(`partitioned roll out complete: ${updated} new pods have been updated...`);
    }
    if (strategy === 'OnDelete')
        return healthy(`statefulset has ${ready} ready pods`);
    const revision = stringAt(object, 'status', 'updateRevision');
    if (revision !== stringAt(object, 'status', 'currentRevision'))
        return progressing(`waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}...`);
    return healthy(`statefulset rolling update complete ${integerAt(object, 0, 'status', 'currentReplicas')} pods at revision ${stringAt(object, 'status', 'currentRevision')}...`);
}
function argoDaemonSet(object) {
    if (isStale(object))
        return progressing('Waiting for rollout to finish: observed daemon set generation less than desired generation');
    const desired = integerAt(object, 0, 'status', 'desiredNumberScheduled');
    const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled');
    const available = integerAt(object, 0, 'status', 'numberAvailable');
    if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return healthy(`daemon set ${updated} out of ${desired} new pods have been updated`);
    const name = stringAt(object, 'metadata', 'name');
    if (updated < desired)
        return progressing(`Waiting for daemon set "${name}" rollout to finish: ${updated} out of ${desired} new pods have been updated...`);
    if (available < desired)
        return progressing(`Waiting for daemon set "${name}" rollout to finish: ${available} of ${desired} updated pods are available...`);
    return healthy('');
}
function argoReplicaSet(object) {
    if (isStale(object))
        return progressing('Waiting for rollout to finish: observed replica set generation less than desired generation');
    const failure = conditionOf(object, 'ReplicaFailure');
    if (failure?.status === 'True')
        return degraded(failure.message);
    const declared = asInteger((0,json.at)(object, 'spec', 'replicas'));
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    if (declared !== undefined && available < declared)
        return progressing(`Waiting for rollout to finish: ${available} out of ${declared} new replicas are available...`);
    return healthy('');
}
/**
 * A condition of type Suspended counts as an end whatever its status, as in the source: a resumed Job that still runs
 * is Healthy here. Our own rule (../rules/jobs.ts) does not repeat that.
 */
function argoJob(object) {
    let ended = false;
    let failure;
    let isSuspended = false;
    let message = '';
    for (const condition of conditionsOf(object)) {
        if (condition.type === 'Failed')
            failure = condition.message;
        else if (condition.type !== 'Complete' && condition.type !== 'Suspended')
            continue;
        else
            message = condition.message;
        if (condition.type === 'Suspended' && condition.status === 'True')
            isSuspended = true;
        ended = true;
    }
    if (!ended)
        return progressing(message);
    if (failure !== undefined)
        return degraded(failure);
    return isSuspended ? suspended(message) : healthy(message);
}
function isStale(object) {
    return integerAt(object, 0, 'metadata', 'generation') > integerAt(object, 0, 'status', 'observedGeneration');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/index.js





/** By `group/Kind`. Kinds that are not listed have no health in Argo CD, unless a customization gives them one. */
const argo_RULES = {
    'apps/Deployment': { versions: ['apps/v1'], assess: argoDeployment },
    'apps/StatefulSet': { versions: ['apps/v1'], assess: argoStatefulSet },
    'apps/ReplicaSet': { versions: ['apps/v1'], assess: argoReplicaSet },
    'apps/DaemonSet': { versions: ['apps/v1'], assess: argoDaemonSet },
    'batch/Job': { versions: ['batch/v1'], assess: argoJob },
    '/Pod': { versions: ['v1'], assess: argoPod },
    '/Service': { versions: ['v1'], assess: argoService },
    '/PersistentVolumeClaim': { versions: ['v1'], assess: argoClaim },
    'networking.k8s.io/Ingress': { assess: argoIngress },
    'extensions/Ingress': { assess: argoIngress },
    'autoscaling/HorizontalPodAutoscaler': {
        versions: ['autoscaling/v1', 'autoscaling/v2', 'autoscaling/v2beta1', 'autoscaling/v2beta2'],
        assess: argoAutoscaler
    },
    'apiregistration.k8s.io/APIService': {
        versions: ['apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1'],
        assess: argoApiService
    },
    'argoproj.io/Workflow': { assess: argoWorkflow }
};
/**
 * The health that Argo CD sees in an object of a built-in kind, with its wording; null where it assesses nothing
 * (source: argoproj/argo-cd, gitops-engine/pkg/health).
 */
function assessAsArgo(object) {
    const finalizers = (0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'finalizers')) ?? [];
    const deleting = (0,json.at)(object, 'metadata', 'deletionTimestamp') != null;
    if (deleting && !finalizers.includes('argocd.argoproj.io/hook-finalizer'))
        return progressing('Pending deletion');
    const rule = argo_RULES[`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`];
    if (!rule)
        return null;
    if (rule.versions && !rule.versions.includes(object.apiVersion))
        return unknown(`unsupported ${object.kind} GVK: ${object.apiVersion}, Kind=${object.kind}`);
    return rule.assess(object);
}
function argoService(object) {
    if (stringAt(object, 'spec', 'type') !== 'LoadBalancer')
        return null;
    return hasAddress(object) ? healthy('') : progressing('');
}
function argoIngress(object) {
    return hasAddress(object) ? healthy('') : progressing('');
}
function hasAddress(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'loadBalancer', 'ingress')) ?? []).length > 0;
}
function argoClaim(object) {
    switch (stringAt(object, 'status', 'phase')) {
        case 'Lost':
            return degraded('');
        case 'Pending':
            return progressing('');
        case 'Bound':
            return healthy('');
        default:
            return unknown('');
    }
}
function argoApiService(object) {
    const available = conditionsOf(object).find((condition) => condition.type === 'Available');
    if (available === undefined)
        return progressing('Waiting to be processed');
    const message = `${available.reason}: ${available.message}`;
    return available.status === 'True' ? healthy(message) : progressing(message);
}
/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function argoAutoscaler(object) {
    if (object['apiVersion'] !== 'autoscaling/v1')
        return judgeAutoscaler(conditionsOf(object));
    const text = annotationOf(object, 'autoscaling.alpha.kubernetes.io/conditions');
    if (text === undefined)
        return judgeAutoscaler([]);
    try {
        return judgeAutoscaler(conditionsIn((0,json/* parseJson */.qF)(text)));
    }
    catch {
        return unknown('failed to convert conditions annotation to typed');
    }
}
const AUTOSCALER_FAILURES = new Set([
    'AbleToScale FailedGetScale',
    'AbleToScale FailedUpdateScale',
    'ScalingActive FailedGetResourceMetric',
    'ScalingActive FailedGetObjectMetric',
    'ScalingActive FailedGetPodsMetric',
    'ScalingActive FailedGetExternalMetric',
    'ScalingActive FailedComputeMetricsReplicas',
    'ScalingActive InvalidSelector'
]);
function judgeAutoscaler(conditions) {
    const failed = conditions.find((one) => AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`));
    if (failed)
        return degraded(failed.message);
    const working = conditions.find((one) => one.status === 'True' && (one.type === 'AbleToScale' || one.type === 'ScalingLimited'));
    return working ? healthy(working.message) : progressing('Waiting to Autoscale');
}
function argoWorkflow(object) {
    const message = stringAt(object, 'status', 'message');
    switch (stringAt(object, 'status', 'phase')) {
        case '':
        case 'Pending':
        case 'Running':
            return progressing(message);
        case 'Succeeded':
            return healthy(message);
        case 'Failed':
        case 'Error':
            return degraded(message);
        default:
            return unknown(message);
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/words.js
/*
 * What the words of controllers mean: phases, states, reasons of conditions. By the words that controllers of many
 * vendors use (Kubernetes API conventions, kubebuilder and Operator SDK projects), not by any one of them.
 */
const HEALTHY = words_words(`
  accepted active applied atlatestknown attached available bound compliant complete completed configured connected
  created deployed done enabled established finished green healthy initialized installed insync issued listening
  normal ok online open operational passed polling programmed promoted provisioned ready reconciled registered running
  scheduled serving stable streaming succeeded success successful successfully synced uptodate updated valid validated
  verified working`);
const PROGRESSING = words_words(`
  inprogress new notinitialized notready notstarted pending queued requested resuming started submitted unprocessed
  unscheduled unsynced yellow`);
const DEGRADED = words_words(`
  aborted broken cancelled conflict corrupted crashed critical damaged degraded denied error errored expired fail
  failed failing failure fatal forbidden halted incompatible invalid lost misconfigured missing noncompliant orphaned
  outofsync red refused rejected stalled timedout timeout unauthorized unavailable unhealthy unreachable unschedulable
  unsupported warning`);
const SUSPENDED = words_words('disabled hibernated inactive paused sleeping stopped suspended');
/** Progressive forms that tell of a steady state or of a failure. */
const NOT_IN_PROGRESS = words_words(`
  according anything billing binding during everything existing failing following including listening listing logging
  mapping meaning missing monitoring networking nothing operating polling rating regarding remaining routing running
  serving something streaming string timing tracing warning working`);
/** What a phase or state word says, or undefined when it is no word that we know. */
function meaningOf(phase) {
    const parts = words_split(phase);
    const whole = parts.join('');
    if (whole === '' || whole === 'none')
        return undefined;
    if (whole === 'unknown')
        return 'Unknown';
    if (whole === 'notfound')
        return 'Missing';
    for (const [set, status] of MEANINGS)
        if (set.has(whole))
            return status;
    // A phrase: `ClusterRollingUpgrading`, `DEPLOYED_NOT_READY`, `Cluster in healthy state`.
    if (parts.some((part) => DEGRADED.has(part)))
        return parts.includes('no') ? undefined : 'Degraded';
    const negated = parts.some((part, index) => part === 'not' && HEALTHY.has(parts[index + 1] ?? ''));
    if (negated || parts.some(isProgressive))
        return 'Progressing';
    const last = parts.at(-1) ?? '';
    if (SUSPENDED.has(last))
        return 'Suspended';
    if (PROGRESSING.has(last))
        return 'Progressing';
    return parts.some((part) => HEALTHY.has(part)) ? 'Healthy' : undefined;
}
const MEANINGS = [
    [HEALTHY, 'Healthy'],
    [PROGRESSING, 'Progressing'],
    [DEGRADED, 'Degraded'],
    [SUSPENDED, 'Suspended']
];
const FAILURE_WORDS = words_words(`
  abort aborted backoff bad broken cannot cant conflict conflicting crash crashed damaged degraded denied disallowed
  error errored errors exceeded expired fail failed failing fails failure forbidden illegal incompatible insufficient
  invalid lost malformed misconfigured mismatch missing prohibited refused rejected stalled timedout timeout
  unable unacceptable unauthorized undefined unhealthy unparsable unprocessable unreachable unresolved unsupported
  violation`);
const FAILURE_PHRASES = [
    'not found',
    'not allowed',
    'not permitted',
    'not supported',
    'not valid',
    'does not exist',
    'doesn t exist',
    'could not',
    'can t',
    'timed out',
    'no such',
    'back off'
];
const WAITING_WORDS = words_words(`
  awaiting initial initializing inprogress notready notstarted pending progress queued requested scheduled started
  starting waiting`);
/**
 * Whether the reason and message of a condition that is not met tell of a failure or of work under way; undefined when
 * they tell neither. The reason decides, being a word of the API; the message only where the reason says nothing.
 */
function toneOf(reason, message) {
    const word = words_split(reason);
    if (word.some((part) => part === 'paused' || part === 'suspended'))
        return 'paused';
    const said = words_split(message).slice(0, 60);
    if (said[0] === 'error' || said[0] === 'failed')
        return 'failure';
    const first = said[0] ?? '';
    return tone(word) ?? (isProgressive(first) ? 'waiting' : tone(said));
}
function tone(parts) {
    const text = ` ${parts.join(' ')} `;
    const isNothingFound = parts[0] === 'no' && (parts.at(-1) === 'found' || parts.includes('matching'));
    if (isNothingFound ||
        parts.some((part) => FAILURE_WORDS.has(part)) ||
        FAILURE_PHRASES.some((one) => text.includes(` ${one} `)))
        return 'failure';
    if (parts.some((part) => WAITING_WORDS.has(part) || isProgressive(part)) || text.includes(' not ready '))
        return 'waiting';
    return undefined;
}
/** An English progressive form: `Provisioning`, `updating`. */
function isProgressive(word) {
    return word.length > 5 && word.endsWith('ing') && !NOT_IN_PROGRESS.has(word);
}
/** Lower-case words of an identifier or a sentence. */
function words_split(text) {
    return text
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z\d]+/)
        .filter((part) => part !== '');
}
function words_words(text) {
    return new Set(text.trim().split(/\s+/));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/generic.js



/** Conditions that sum an object up, most telling first. */
const SUMMARIES = ['Ready', 'Available', 'Healthy', 'Succeeded', 'Complete', 'Completed', 'Synced'];
/** Conditions that are bad news when they are met. */
const BAD_NEWS = /^(Failed|Failure|Error|Errored|ErrorOccurred|Degraded|Stalled|Invalid|InvalidSpec|Unhealthy|NotReady|Rejected|Crashed)$/;
const BAD_NEWS_ENDING = /(Failed|Failure|Error|Degraded|Unhealthy|Rejected|Denied|Expired|Unreachable)$|^(Invalid|Failed)[A-Z]/;
/** Conditions that tell of work under way when they are met. */
const WORK = /^(Progressing|Reconciling|Updating|Upgrading|Creating|Issuing|Deploying|Installing|Provisioning|Pending)$/;
/** Conditions whose name says that all is well when they are met. */
const GOOD_NEWS = /(Ready|Available|Healthy|Succeeded|Success|Completed?|Synced|Synchronized|Accepted|Valid|Validated|Applied|Deployed|Established|Resolved|ResolvedRefs|Programmed|Installed|Configured|Provisioned|Reconciled|Advertised|Registered|Created|Bound|Initialized|UpToDate)$/;
/** Fields of `status` that hold one word for the whole object. */
const WORD_FIELDS = [
    'phase',
    'state',
    'status',
    'health',
    'healthStatus',
    'currentState',
    'currentPhase',
    'currentStatus',
    'overallStatus',
    'printableStatus'
];
/**
 * The health of a custom resource of any vendor, from what the Kubernetes API conventions and common practice say:
 * `spec.suspend`, the generation that the controller has seen, conditions, a phase or state word, replica counts. An
 * object that shows none of them is taken to be healthy, as kstatus does.
 */
function customResourceHealth(object) {
    for (const field of ['suspend', 'suspended', 'paused', 'pause'])
        if ((0,json.at)(object, 'spec', field) === true)
            return suspended(`Suspended (spec.${field} is true)`);
    const stale = generic_staleGeneration(object);
    if (stale)
        return stale;
    const findings = [
        ...conditionFindings(object, conditionsOf(object)),
        ...nestedFindings(object),
        ...wordFindings(object),
        ...problemFindings(object),
        ...countFindings(object)
    ];
    return worst(findings) ?? healthy('Accepted; it reports no status that says otherwise');
}
/** A controller that reports the generation it has seen, and has not seen the latest. */
function generic_staleGeneration(object) {
    const generation = asInteger((0,json.at)(object, 'metadata', 'generation'));
    const field = (0,json.at)(object, 'status', 'observedGeneration');
    const observed = asInteger(field) ?? (/^\d{1,9}$/.test((0,json/* asString */.oJ)(field) ?? '') ? Number(field) : undefined);
    if (generation === undefined || observed === undefined || observed >= generation)
        return undefined;
    return progressing('Its controller has not seen the latest change yet');
}
const SEVERITY = {
    Degraded: 5,
    Missing: 4,
    Unknown: 3,
    Progressing: 2,
    Suspended: 1,
    Healthy: 0
};
/** The worst finding; but an object that calls itself ready is not in progress because of an old-style phase word. */
function worst(findings) {
    const ready = findings.some((finding) => finding.summary === true && finding.status === 'Healthy');
    const counted = ready ? findings.filter((one) => one.summary === true || one.status !== 'Progressing') : findings;
    const [first] = [...counted].sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status]);
    return first && { status: first.status, message: first.message };
}
/** What a list of conditions says. Also for lists that stand elsewhere than in `status.conditions`. */
function conditionFindings(object, conditions) {
    const generation = asInteger((0,json.at)(object, 'metadata', 'generation'));
    const findings = [];
    const summary = SUMMARIES.map((type) => conditions.find((one) => one.type === type)).filter((one) => one !== undefined);
    const isReady = summary.some((one) => one.type === 'Ready' && one.status === 'True');
    for (const condition of conditions) {
        const { type, status } = condition;
        if (generation !== undefined && (condition.observedGeneration ?? generation) < generation)
            findings.push(progressing(`Its controller has not seen the latest change yet (condition ${type})`));
        else if (BAD_NEWS.test(type) || (BAD_NEWS_ENDING.test(type) && !isReady)) {
            if (status === 'True')
                findings.push({ status: 'Degraded', message: sentence(condition) });
        }
        else if (WORK.test(type)) {
            if (status === 'True' && summary.length === 0 && condition.reason !== 'NewReplicaSetAvailable')
                findings.push(progressing(sentence(condition)));
            else if (condition.reason === 'ProgressDeadlineExceeded')
                findings.push({ status: 'Degraded', message: sentence(condition) });
        }
        else if (summary.includes(condition))
            findings.push({ ...judged(condition), summary: true });
        else if (summary.length === 0 && GOOD_NEWS.test(type))
            findings.push(judged(condition));
    }
    return findings;
}
/** Gateway API and its policies keep conditions per parent or ancestor (GEP-713). */
function nestedFindings(object) {
    return ['parents', 'ancestors'].flatMap((field) => ((0,json/* asList */.DD)((0,json.at)(object, 'status', field)) ?? []).flatMap((entry) => {
        const reference = (0,json/* asObject */.eB)((0,json.at)(entry, 'parentRef')) ?? (0,json/* asObject */.eB)((0,json.at)(entry, 'ancestorRef'));
        const name = stringAt(reference, 'name');
        const conditions = conditionsIn((0,json.at)(entry, 'conditions'));
        if (conditions.length === 0)
            return [progressing(`${name || 'A parent'} has not judged it yet`)];
        return conditions
            .filter((condition) => GOOD_NEWS.test(condition.type))
            .map((condition) => ({ ...judged(condition), message: `${name}: ${sentence(condition)}` }));
    }));
}
function wordFindings(object) {
    const findings = [];
    for (const field of WORD_FIELDS) {
        const value = (0,json.at)(object, 'status', field);
        const word = (0,json/* asString */.oJ)(value) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'status')) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'state'));
        const meaning = word === undefined ? undefined : meaningOf(word);
        if (word === undefined || meaning === undefined)
            continue;
        const why = status_clause(stringAt(object, 'status', 'message') || stringAt(object, 'status', 'reason'));
        findings.push({ status: meaning, message: `${capital(field)} is ${status_clause(word)}${why ? `: ${why}` : ''}` });
    }
    for (const field of ['ready', 'healthy']) {
        const value = (0,json.at)(object, 'status', field);
        if (value === true)
            findings.push(healthy(`It reports itself ${field}`));
        if (value === false)
            findings.push(progressing(`It reports itself not ${field}`));
    }
    return findings;
}
/** Fields that hold text only while something is wrong; a summary condition that is met outweighs what was left behind. */
function problemFindings(object) {
    if (conditionsOf(object).some((one) => SUMMARIES.includes(one.type) && one.status === 'True'))
        return [];
    return ['failureMessage', 'failureReason', 'errorMessage', 'errMsg', 'error', 'lastError'].flatMap((field) => {
        const value = (0,json.at)(object, 'status', field);
        const text = (0,json/* asString */.oJ)(value) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'message'));
        return text ? [{ status: 'Degraded', message: status_clause(text) }] : [];
    });
}
/** Replicas as in the scale subresource, for what looks like a workload. */
function countFindings(object) {
    const declared = asInteger((0,json.at)(object, 'spec', 'replicas'));
    if (declared === undefined)
        return [];
    for (const field of ['readyReplicas', 'availableReplicas']) {
        const number = asInteger((0,json.at)(object, 'status', field));
        if (number === undefined)
            continue;
        return [
            number < declared
                ? progressing(`${share(number, declared, 'replica')} ready`)
                : healthy(`${every(declared, 'replica')} ready`)
        ];
    }
    return [];
}
/** The verdict of a condition that is good news when it is met. */
function judged(condition) {
    const message = sentence(condition);
    if (condition.status === 'True')
        return healthy(message);
    const tone = toneOf(condition.reason, condition.message);
    if (tone === 'paused')
        return suspended(message);
    if (condition.status === 'False' && tone === 'failure')
        return { status: 'Degraded', message };
    return progressing(message);
}
/** `Not Ready (CreateFailed): quota exceeded`. */
function sentence(condition) {
    const { type, status, reason, message } = condition;
    const why = reasonOf(condition);
    const met = status === 'True' ? type : status === 'False' ? `Not ${type}` : `${type} is ${status || 'not known'}`;
    if (why === '')
        return met;
    return message !== '' && reason !== '' && status !== 'True' ? `${met} (${status_clause(reason)}): ${why}` : `${met}: ${why}`;
}
function capital(word) {
    return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/rule.js



/** The health of an object by one rule, or undefined where the rule has nothing to say and the generic one goes on. */
function applyRule(rule, object) {
    if (rule.silent?.includes((0,json/* asString */.oJ)(object['kind']) ?? ''))
        return healthy('Accepted; no controller reports on objects of this kind');
    const pause = pauseOf(rule, object);
    if (pause)
        return pause;
    const stale = generic_staleGeneration(object);
    if (stale)
        return stale;
    const conditions = conditionsOf(object);
    if (rule.awaits && !rule.awaits.some((one) => isThere(object, conditions, one)))
        return progressing('Its controller has not reported a status yet');
    const judgement = rule.judge?.(object);
    if (judgement)
        return judgement;
    const alarm = conditions.find((one) => rule.alarms?.includes(one.type) && one.status === 'True');
    if (alarm)
        return { status: 'Degraded', message: sentence(alarm) };
    const word = rule.word && wordHealth(rule.word, object);
    if (word && !(rule.word?.onlyBad && word.status === 'Healthy'))
        return word;
    return rule_verdictOf(rule, object, conditions) ?? word;
}
function pauseOf(rule, object) {
    for (const field of ['suspend', 'suspended', 'paused'])
        if ((0,json.at)(object, 'spec', field) === true)
            return suspended(`Suspended (spec.${field} is true)`);
    if (rule.pausedBy && annotationOf(object, rule.pausedBy[0]) === rule.pausedBy[1])
        return suspended(`Suspended by the annotation ${rule.pausedBy[0]}`);
    const pause = conditionsOf(object).find((one) => rule.pauses?.includes(one.type) && one.status === 'True');
    return pause && suspended(sentence(pause));
}
function rule_verdictOf(rule, object, conditions) {
    const verdict = rule.verdict
        ?.map((type) => conditions.find((condition) => condition.type === type))
        .find((condition) => condition !== undefined);
    if (verdict === undefined)
        return undefined;
    const generation = (0,json.at)(object, 'metadata', 'generation');
    if (typeof generation === 'number' && (verdict.observedGeneration ?? generation) < generation)
        return progressing(`Its controller has not seen the latest change yet (condition ${verdict.type})`);
    if (verdict.status !== 'False')
        return judged(verdict);
    const message = sentence(verdict);
    if (rule.working?.includes(verdict.reason))
        return progressing(message);
    if (rule.failing?.includes(verdict.reason))
        return { status: 'Degraded', message };
    const byTone = judged(verdict);
    return byTone.status === 'Suspended' || rule.unmet === undefined ? byTone : { status: rule.unmet, message };
}
/** What a word of the status means by a rule. */
function wordHealth(rule, object) {
    const value = rule_valueAt(object, rule.field);
    const word = (0,json/* asString */.oJ)(value) ?? (typeof value === 'number' ? String(value) : undefined);
    if (word === undefined || word === '')
        return undefined;
    const has = (list) => list?.some((one) => one.toLowerCase() === word.toLowerCase());
    const status = has(rule.healthy)
        ? 'Healthy'
        : has(rule.progressing)
            ? 'Progressing'
            : has(rule.degraded)
                ? 'Degraded'
                : has(rule.suspended)
                    ? 'Suspended'
                    : has(rule.missing)
                        ? 'Missing'
                        : has(rule.unknown)
                            ? 'Unknown'
                            : rule.other;
    if (status === undefined)
        return undefined;
    const why = explanationOf(object);
    return { status, message: `${rule.field} is ${status_clause(word)}${why ? `: ${why}` : ''}` };
}
/** What an operator wrote beside its word, in the fields that are usual for that. */
function explanationOf(object) {
    for (const field of ['message', 'reason', 'phaseReason', 'failureMessage', 'failureReason', 'error']) {
        const text = (0,json/* asString */.oJ)((0,json.at)(object, 'status', field));
        if (text)
            return status_clause(text);
    }
    return '';
}
/** The value at a dotted path below `status`. */
function rule_valueAt(object, path) {
    return (0,json.at)(object, 'status', ...path.split('.'));
}
function isThere(object, conditions, what) {
    if (what.startsWith('?'))
        return conditions.some((condition) => condition.type === what.slice(1));
    if (what === '*')
        return Object.keys((0,json/* asObject */.eB)(object['status']) ?? {}).length > 0;
    const value = rule_valueAt(object, what);
    const list = (0,json/* asList */.DD)(value);
    return list ? list.length > 0 : value !== undefined && value !== null && value !== '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/argo.js




const PROMOTER = 'promoter.argoproj.io';
/** Argo CD, Rollouts, Workflows, Events and the GitOps Promoter. */
const ARGO_RULES = [
    { group: 'argoproj.io', kinds: ['Rollout'], awaits: ['*'], judge: rolloutHealth },
    {
        group: 'argoproj.io',
        kinds: ['Application'],
        awaits: ['health.status'],
        judge: (object) => {
            const status = (0,json/* asString */.oJ)(rule_valueAt(object, 'health.status')) ?? '';
            const message = stringAt(object, 'status', 'health', 'message') || `Its resources are ${status}`;
            return isStatus(status) ? { status, message } : unknown(message);
        }
    },
    {
        group: 'argoproj.io',
        kinds: ['ApplicationSet'],
        awaits: ['conditions'],
        alarms: ['ErrorOccurred'],
        judge: (object) => {
            const rollout = conditionOf(object, 'RolloutProgressing');
            return rollout?.status === 'True' && conditionOf(object, 'ErrorOccurred')?.status !== 'True'
                ? progressing(sentence(rollout))
                : undefined;
        },
        verdict: ['ResourcesUpToDate']
    },
    {
        // Phases of Argo Rollouts' analysis; Inconclusive asks a person.
        group: 'argoproj.io',
        kinds: ['AnalysisRun', 'Experiment'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Successful'],
            progressing: ['Pending', 'Running'],
            degraded: ['Failed', 'Error'],
            unknown: ['Inconclusive']
        }
    },
    {
        group: 'argoproj.io',
        kinds: ['Workflow'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Succeeded'],
            progressing: ['Pending', 'Running'],
            degraded: ['Failed', 'Error'],
            other: 'Unknown'
        }
    },
    { group: 'argoproj.io', kinds: ['CronWorkflow'], alarms: ['SubmissionError', 'SpecError'], verdict: ['Completed'] },
    {
        group: 'argoproj.io',
        kinds: ['EventBus', 'EventSource', 'Sensor'],
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = conditionsOf(object);
            const unmet = conditions.find((one) => one.status === 'False') ?? conditions.find((one) => one.status !== 'True');
            if (unmet)
                return unmet.status === 'False' ? degraded(sentence(unmet)) : progressing(sentence(unmet));
            return healthy('Deployed');
        }
    },
    { group: 'argoproj.io', kinds: ['AppProject', 'WorkflowTemplate', 'AnalysisTemplate'] },
    {
        // GitOps Promoter: what its policies say of environments, beside whether it could work at all (Ready).
        group: PROMOTER,
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => (conditionOf(object, 'Ready')?.status === 'True' ? promotionHealth(object) : undefined)
    }
];
/** As Argo Rollouts itself says (phase, since v1.2); older versions by pause and counts. */
function rolloutHealth(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return suspended('The rollout is paused (spec.paused is true)');
    const invalid = conditionOf(object, 'InvalidSpec');
    if (invalid && invalid.status !== 'False')
        return degraded(sentence(invalid));
    const generation = annotationOf(object, 'rollout.argoproj.io/workload-generation');
    const observed = stringAt(object, 'status', 'workloadObservedGeneration');
    if ((0,json.at)(object, 'spec', 'workloadRef') !== undefined && generation !== undefined && observed !== generation)
        return progressing('The rollout has not seen the latest change of the workload it refers to yet');
    const message = explanationOf(object);
    switch (stringAt(object, 'status', 'phase')) {
        case 'Healthy':
            return healthy(message || 'All steps are done');
        case 'Degraded':
            return degraded(message || 'The rollout is degraded');
        case 'Paused':
            return suspended(message || 'The rollout waits for a person to promote or abort it');
        case 'Progressing':
            return progressing(message || 'The rollout is in progress');
    }
    const rollout = conditionOf(object, 'Progressing');
    if (rollout?.reason === 'RolloutAborted' || rollout?.reason === 'ProgressDeadlineExceeded')
        return degraded(sentence(rollout));
    const pauses = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'pauseConditions')) ?? [];
    if (pauses.length > 0 || rollout?.reason === 'RolloutPaused')
        return suspended(rollout ? sentence(rollout) : 'The rollout is paused');
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    if (updated < declared)
        return progressing(`${updated} of ${declared} replicas updated`);
    if (available < updated)
        return progressing(`${available} of ${updated} replicas available`);
    const hash = stringAt(object, 'status', 'currentPodHash');
    const active = stringAt(object, 'status', 'blueGreen', 'activeSelector') || stringAt(object, 'status', 'activeSelector');
    const stable = stringAt(object, 'status', 'stableRS') || stringAt(object, 'status', 'canary', 'stableRS');
    if ((0,json.at)(object, 'spec', 'strategy', 'blueGreen') !== undefined)
        return active === hash
            ? healthy('The active service serves the new pods')
            : progressing('Traffic is not switched yet');
    if (replicas > updated)
        return progressing(`${replicas - updated} old replicas not yet terminated`);
    return stable === '' || stable === hash ? healthy('All steps are done') : progressing('Not all steps are done yet');
}
/** What is promoted: environments that have not caught up are in progress; a report of a failed check is only a report. */
function promotionHealth(object) {
    switch (object['kind']) {
        case 'ChangeTransferPolicy':
            return transferHealth(object['status'], '');
        case 'PromotionStrategy': {
            const environments = (0,json/* asList */.DD)(rule_valueAt(object, 'environments')) ?? [];
            if (environments.length === 0)
                return degraded('It has no environments');
            const shas = new Set(environments.map((one) => stringAt(one, 'proposed', 'dry', 'sha')));
            const found = environments.map((one) => transferHealth(one, ` of ${stringAt(one, 'branch')}`));
            const waiting = found.find((one) => one.status !== 'Healthy');
            if (waiting)
                return waiting;
            return shas.size > 1 ? progressing('The environments do not propose the same commit yet') : found[0];
        }
        case 'CommitStatus':
        case 'PullRequest':
            return undefined;
    }
    const environments = (0,json/* asList */.DD)(rule_valueAt(object, 'environments')) ?? [];
    const named = (phase) => environments.filter((one) => (stringAt(one, 'phase') || 'pending') === phase).map((one) => stringAt(one, 'branch'));
    const failures = named('failure');
    if (failures.length > 0)
        return degraded(`The check failed for ${failures.join(', ')}`);
    const pending = named('pending');
    return pending.length > 0 ? progressing(`The check is pending for ${pending.join(', ')}`) : undefined;
}
function transferHealth(environment, where) {
    const active = stringAt((0,json.at)(environment, 'active', 'dry'), 'sha');
    const proposed = stringAt((0,json.at)(environment, 'proposed', 'dry'), 'sha');
    if (active === '')
        return progressing(`The active commit${where} is not known yet`);
    if (proposed === '')
        return progressing(`The proposed commit${where} is not known yet`);
    return active === proposed
        ? healthy(`Up to date at ${active.slice(0, 7)}`)
        : progressing(`The promotion${where} from ${active.slice(0, 7)} to ${proposed.slice(0, 7)} is in progress`);
}
function isStatus(word) {
    return ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'].includes(word);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/cloud.js




/** Crossplane: Synced tells of errors, Ready (or Healthy, for packages) of the resource. */
const crossplane = {
    silent: [
        'Composition',
        'CompositionRevision',
        'DeploymentRuntimeConfig',
        'ControllerConfig',
        'EnvironmentConfig',
        'ImageConfig',
        'StoreConfig',
        'ProviderConfigUsage',
        'ClusterProviderConfigUsage'
    ],
    pausedBy: ['crossplane.io/paused', 'true'],
    judge: (object) => {
        // A ProviderConfig has a status only once something uses it.
        if (/ProviderConfig$/.test((0,json/* asString */.oJ)(object['kind']) ?? ''))
            return healthy('Accepted');
        const conditions = conditionsOf(object);
        const failed = conditions.find((one) => (one.type === 'Synced' || one.type === 'LastAsyncOperation') && one.status === 'False');
        if (failed?.reason === 'ReconcilePaused')
            return suspended(sentence(failed));
        if (failed)
            return degraded(sentence(failed));
        const verdict = conditions.find((one) => ['Ready', 'Healthy', 'Offered', 'Established', 'ValidPipeline', 'RevisionHealthy'].includes(one.type));
        if (verdict?.status === 'True')
            return healthy(sentence(verdict));
        if (verdict?.type === 'Healthy' && verdict.status === 'False' && verdict.reason !== 'UnknownPackageRevisionHealth')
            return degraded(sentence(verdict));
        return progressing(verdict ? sentence(verdict) : 'It is being provisioned');
    }
};
/** Clouds, their services and storage as custom resources. */
const CLOUD_RULES = [
    { group: '*.crossplane.io', ...crossplane },
    { group: '*.upbound.io', ...crossplane },
    {
        // cloud.google.com/config-connector, "condition reasons". DependencyNotReady is waited for.
        group: 'core.cnrm.cloud.google.com',
        awaits: ['healthy'],
        judge: (object) => {
            const problems = ((0,json/* asList */.DD)(rule_valueAt(object, 'errors')) ?? []).filter((one) => typeof one === 'string');
            if (rule_valueAt(object, 'healthy') === true)
                return healthy('It reports itself healthy');
            return degraded(problems.length > 0 ? status_clause(problems.join('; ')) : 'It reports itself not healthy');
        }
    },
    {
        group: '*.cnrm.cloud.google.com',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        working: ['Updating', 'DependencyNotReady', 'Creating', 'Deleting'],
        failing: [
            'UpdateFailed',
            'DeleteFailed',
            'DependencyNotFound',
            'DependencyInvalid',
            'ManagementConflict',
            'PreActuationTransformFailed',
            'PostActuationTransformFailed'
        ]
    },
    {
        // aws-controllers-k8s.github.io: Terminal needs a change of the spec, Recoverable is retried.
        group: '*.services.k8s.aws',
        awaits: ['conditions'],
        alarms: ['ACK.Terminal', 'ACK.Recoverable'],
        verdict: ['ACK.ResourceSynced', 'Ready'],
        unmet: 'Progressing'
    },
    {
        group: 'services.cloud.sap.com',
        awaits: ['conditions', 'ready'],
        alarms: ['Failed'],
        judge: (object) => {
            const succeeded = conditionOf(object, 'Succeeded');
            if (succeeded?.status === 'False' && /InProgress$/.test(succeeded.reason))
                return progressing(sentence(succeeded));
            return undefined;
        },
        verdict: ['Ready', 'Succeeded']
    },
    {
        group: 'snapshot.storage.k8s.io',
        silent: ['VolumeSnapshotClass'],
        awaits: ['*'],
        judge: (object) => {
            const problem = stringAt(object, 'status', 'error', 'message');
            if (problem !== '')
                return degraded(status_clause(problem));
            return rule_valueAt(object, 'readyToUse') === true ? healthy('Ready to use') : progressing('Not ready to use yet');
        }
    },
    {
        group: 'trident.netapp.io',
        kinds: ['TridentBackendConfig'],
        awaits: ['phase', 'lastOperationStatus'],
        judge: (object) => {
            const result = stringAt(object, 'status', 'lastOperationStatus');
            if (result === 'Failed')
                return degraded(explanationOf(object) || 'The last operation failed');
            const phase = stringAt(object, 'status', 'phase');
            if (phase === 'Bound' && result === 'Success')
                return healthy(explanationOf(object) || 'Bound');
            return phase === 'Lost' || phase === 'Failed'
                ? degraded(`The backend is ${phase}`)
                : progressing(`It is ${phase}`);
        }
    },
    {
        group: 'astra.netapp.io',
        awaits: ['state', 'conditions'],
        word: {
            field: 'state',
            healthy: ['Completed', 'Available', 'Enabled', 'ready'],
            progressing: ['Running', 'Pending', 'Creating'],
            degraded: ['Failed', 'Error'],
            onlyBad: false
        },
        verdict: ['Ready', 'Completed'],
        unmet: 'Degraded'
    },
    {
        group: 'apigee.cloud.google.com',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['running'],
            progressing: ['creating', 'updating', 'releasing', 'deleting'],
            degraded: ['failed', 'error'],
            other: 'Progressing'
        }
    },
    { group: 'apps.3scale.net', awaits: ['conditions'], verdict: ['Available'], unmet: 'Degraded' },
    {
        group: 'capabilities.3scale.net',
        awaits: ['conditions'],
        alarms: ['Failed', 'Invalid', 'Orphan'],
        verdict: ['Synced', 'Ready']
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/clusters.js




/** The triple of OpenShift's operators: Degraded, Available, Progressing (openshift/api, ClusterOperator). */
const openshift = {
    judge: (object) => {
        const bad = conditionOf(object, 'Degraded');
        if (bad?.status === 'True')
            return degraded(sentence(bad));
        const work = conditionOf(object, 'Progressing');
        if (work?.status === 'True')
            return progressing(sentence(work));
        const available = conditionOf(object, 'Available');
        if (available?.status === 'False')
            return degraded(sentence(available));
        return available?.status === 'True' ? healthy(sentence(available)) : undefined;
    }
};
/** Clusters and machines as custom resources: Cluster API, Karpenter, Gardener, OpenShift with its operators. */
const CLUSTER_RULES = [
    {
        group: 'cluster.x-k8s.io',
        kinds: ['Cluster'],
        awaits: ['phase'],
        judge: terminalFailure,
        word: {
            field: 'phase',
            healthy: ['Provisioned'],
            progressing: ['Pending', 'Provisioning', 'Deleting', 'Unknown'],
            degraded: ['Failed'],
            onlyBad: true
        },
        verdict: ['Ready', 'Available'],
        unmet: 'Degraded'
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['Machine'],
        awaits: ['phase'],
        judge: terminalFailure,
        word: { field: 'phase', healthy: ['Running'], degraded: ['Failed'], other: 'Progressing' }
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['MachineDeployment', 'MachineSet'],
        awaits: ['phase', 'conditions', 'replicas'],
        judge: terminalFailure,
        word: {
            field: 'phase',
            healthy: ['Running'],
            progressing: ['ScalingUp', 'ScalingDown', 'Unknown'],
            degraded: ['Failed'],
            onlyBad: true
        }
    },
    {
        // Autoscaled pools change size all the time: Scaling is no sign of trouble while the pool is ready.
        group: 'cluster.x-k8s.io',
        kinds: ['MachinePool'],
        awaits: ['phase'],
        judge: terminalFailure,
        word: {
            field: 'phase',
            healthy: ['Running', 'Scaling', 'ScalingUp', 'ScalingDown', 'Provisioned'],
            progressing: ['Pending', 'Provisioning', 'Deleting'],
            degraded: ['Failed'],
            onlyBad: true
        }
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['MachineHealthCheck'],
        awaits: ['*'],
        verdict: ['RemediationAllowed'],
        unmet: 'Degraded'
    },
    { group: 'addons.cluster.x-k8s.io', awaits: ['conditions'], verdict: ['ResourcesApplied'], unmet: 'Degraded' },
    {
        group: 'controlplane.cluster.x-k8s.io',
        awaits: ['ready', 'conditions', 'initialized'],
        judge: (object) => terminalFailure(object) ??
            (rule_valueAt(object, 'ready') === false ? progressing('The control plane is not ready') : undefined),
        verdict: ['Ready', 'Available'],
        unmet: 'Progressing'
    },
    { group: 'infrastructure.cluster.x-k8s.io', judge: terminalFailure },
    { group: 'bootstrap.cluster.x-k8s.io', judge: terminalFailure },
    {
        // karpenter.sh: Ready is Unknown while a node is launched, registered and initialized, in that order.
        group: 'karpenter.sh',
        awaits: ['conditions'],
        judge: (object) => {
            const leaving = conditionOf(object, 'Disrupting');
            if (leaving?.status === 'True')
                return suspended(sentence(leaving));
            const ready = conditionOf(object, 'Ready');
            if (ready && ready.status !== 'Unknown')
                return undefined;
            const reached = ['Initialized', 'Registered', 'Launched'].find((type) => conditionOf(object, type)?.status === 'True');
            return progressing(`The node is ${reached ? reached.toLowerCase() : 'not launched'} and not yet ready`);
        },
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    { group: 'karpenter.k8s.aws', awaits: ['conditions'], verdict: ['Ready'], unmet: 'Degraded' },
    {
        group: 'core.gardener.cloud',
        kinds: ['Shoot'],
        awaits: ['lastOperation', 'conditions'],
        judge: (object) => {
            const state = stringAt(object, 'status', 'lastOperation', 'state');
            const what = stringAt(object, 'status', 'lastOperation', 'description');
            if ((0,json.at)(object, 'spec', 'hibernation', 'enabled') === true && state === 'Succeeded')
                return suspended('The cluster is hibernated');
            if (state === 'Failed' || state === 'Error' || state === 'Aborted')
                return degraded(status_clause(what) || state);
            if (state !== 'Succeeded')
                return progressing(status_clause(what) || `The last operation is ${state || 'not known'}`);
            const unmet = conditionsOf(object).find((one) => one.status !== 'True');
            return unmet ? progressing(sentence(unmet)) : healthy(status_clause(what) || 'All conditions are met');
        }
    },
    { group: 'operator.openshift.io', awaits: ['conditions'], ...openshift },
    { group: 'config.openshift.io', ...openshift },
    { group: 'ocs.openshift.io', awaits: ['conditions'], ...openshift },
    { group: 'nmstate.io', awaits: ['conditions'], ...openshift },
    { group: 'machineconfiguration.openshift.io', awaits: ['conditions'], ...openshift },
    {
        group: 'route.openshift.io',
        kinds: ['Route'],
        awaits: ['ingress'],
        judge: (object) => {
            for (const entry of (0,json/* asList */.DD)(rule_valueAt(object, 'ingress')) ?? [])
                for (const condition of (0,json/* asList */.DD)((0,json.at)(entry, 'conditions')) ?? [])
                    if ((0,json.at)(condition, 'type') === 'Admitted' && (0,json.at)(condition, 'status') !== 'True')
                        return degraded(`Not admitted: ${status_clause(stringAt(condition, 'message') || stringAt(condition, 'reason'))}`);
            return healthy('Admitted by every router');
        }
    },
    {
        // Approved by hand, a plan that waits is no fault of an operator that is installed already.
        group: 'operators.coreos.com',
        kinds: ['Subscription'],
        awaits: ['conditions', 'state'],
        alarms: ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'],
        judge: (object) => {
            const alarm = conditionsOf(object).find((one) => ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'].includes(one.type) && one.status === 'True');
            if (alarm)
                return degraded(sentence(alarm));
            const pending = conditionOf(object, 'InstallPlanPending');
            if (pending?.status === 'True') {
                const installed = stringAt(object, 'status', 'installedCSV');
                return installed !== '' && pending.reason === 'RequiresApproval'
                    ? healthy(`${installed} is installed; an upgrade waits for approval`)
                    : progressing(sentence(pending));
            }
            return healthy(stringAt(object, 'status', 'state') || 'No install plan is pending');
        }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['ClusterServiceVersion'],
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['Succeeded'], degraded: ['Failed'], other: 'Progressing' }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['InstallPlan'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Complete'],
            degraded: ['Failed'],
            suspended: ['RequiresApproval'],
            other: 'Progressing'
        }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['CatalogSource'],
        awaits: ['connectionState.lastObservedState'],
        word: {
            field: 'connectionState.lastObservedState',
            healthy: ['READY'],
            degraded: ['TRANSIENT_FAILURE'],
            other: 'Progressing'
        }
    }
];
/** Cluster API's terminal problem: the object will not reach its declared state (contract: failureReason, failureMessage). */
function terminalFailure(object) {
    const message = stringAt(object, 'status', 'failureMessage') || stringAt(object, 'status', 'failureReason');
    if (message !== '')
        return degraded(status_clause(message));
    if (stringAt(object, 'status', 'phase') !== 'Failed')
        return undefined;
    const ready = conditionOf(object, 'Ready');
    return degraded(ready ? sentence(ready) : 'It failed');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/data.js




/** Data processing, machine learning, storage, observability, backups. */
const DATA_RULES = [
    {
        group: 'sparkoperator.k8s.io',
        kinds: ['SparkApplication'],
        awaits: ['applicationState.state'],
        judge: (object) => {
            const isDynamic = Object.entries((0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'sparkConf')) ?? {}).some(([key, value]) => /dynamicAllocation\.enabled$/.test(key) && value === 'true');
            const wanted = integerAt(object, 0, 'spec', 'executor', 'instances');
            const states = Object.values((0,json/* asObject */.eB)(rule_valueAt(object, 'executorState')) ?? {});
            const running = states.filter((state) => state === 'RUNNING').length;
            if (rule_valueAt(object, 'applicationState.state') !== 'RUNNING' || isDynamic)
                return undefined;
            if ((0,json.at)(object, 'spec', 'dynamicAllocation', 'enabled') === true || running >= wanted)
                return undefined;
            return progressing(`${share(running, wanted, 'executor')} running`);
        },
        word: {
            field: 'applicationState.state',
            healthy: ['RUNNING', 'COMPLETED'],
            progressing: [
                'NEW',
                'SUBMITTED',
                'PENDING_RERUN',
                'PENDING_SUBMISSION',
                'INVALIDATING',
                'SUCCEEDING',
                'RESUMING'
            ],
            degraded: ['FAILED', 'SUBMISSION_FAILED', 'FAILING', 'FAILED_SUBMISSION'],
            suspended: ['SUSPENDED', 'SUSPENDING'],
            unknown: ['UNKNOWN']
        }
    },
    {
        group: 'flink.apache.org',
        kinds: ['FlinkDeployment'],
        awaits: ['jobManagerDeploymentStatus', 'lifecycleState', 'jobStatus'],
        judge: (object) => {
            const deployment = stringAt(object, 'status', 'jobManagerDeploymentStatus');
            const job = stringAt(object, 'status', 'jobStatus', 'state');
            const problem = stringAt(object, 'status', 'error');
            if (deployment === 'ERROR' || job === 'FAILED' || stringAt(object, 'status', 'lifecycleState') === 'FAILED')
                return degraded(problem || `The job is ${job || 'failed'}`);
            if (job === 'SUSPENDED' || stringAt(object, 'spec', 'job', 'state') === 'suspended')
                return suspended('The job is suspended');
            if (job === 'FINISHED')
                return healthy('The job is finished');
            const isSession = (0,json.at)(object, 'spec', 'job') === undefined;
            if (deployment === 'READY' && (job === 'RUNNING' || (isSession && job === '')))
                return healthy(isSession ? 'The session cluster is ready' : 'The job is running');
            return progressing(`The job manager is ${deployment || 'not reported'}, the job ${job || 'not reported'}`);
        }
    },
    {
        group: 'serving.kserve.io',
        awaits: ['conditions', 'modelStatus'],
        judge: (object) => {
            const transition = stringAt(object, 'status', 'modelStatus', 'transitionStatus');
            if (transition === 'BlockedByFailedLoad' || transition === 'InvalidSpec')
                return degraded(`The model is not served: ${transition}`);
            if (transition === 'InProgress')
                return progressing('The model is being changed');
            const stopped = conditionOf(object, 'Stopped');
            return stopped?.status === 'True' ? suspended(sentence(stopped)) : undefined;
        },
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        group: 'ceph.rook.io',
        kinds: ['CephCluster'],
        awaits: ['phase', 'state', 'ceph'],
        judge: (object) => {
            const health = stringAt(object, 'status', 'ceph', 'health');
            const state = stringAt(object, 'status', 'state');
            if (state === 'Error')
                return degraded(explanationOf(object) || 'The cluster is in the state Error');
            if (health === 'HEALTH_ERR' || health === 'HEALTH_WARN')
                return degraded(`Ceph reports ${health}`);
            if (health === 'HEALTH_OK' && (state === 'Created' || state === 'Connected'))
                return healthy('Ceph reports HEALTH_OK');
            return progressing(explanationOf(object) || `The cluster is ${state || 'not reported on yet'}`);
        }
    },
    {
        group: 'ceph.rook.io',
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Ready', 'Connected'],
            degraded: ['Failure', 'Failed', 'Error', 'ReconcileFailed'],
            other: 'Progressing'
        }
    },
    {
        // grafana-operator v5: per-kind conditions such as DashboardSynchronized, and NoMatchingInstance where nobody takes it.
        group: 'grafana.integreatly.org',
        awaits: ['*'],
        judge: (object) => {
            if (rule_valueAt(object, 'NoMatchingInstances') === true)
                return degraded('No Grafana instance matches its selector');
            const alarm = conditionsOf(object).find((one) => (/^NoMatching|^Invalid/.test(one.type) || /Failed$/.test(one.type)) && one.status === 'True');
            if (alarm)
                return degraded(sentence(alarm));
            const unmet = conditionsOf(object).find((one) => /Synchronized$|Ready$/.test(one.type) && one.status === 'False');
            if (unmet)
                return degraded(sentence(unmet));
            const stage = stringAt(object, 'status', 'stageStatus');
            if (stage === 'failed')
                return degraded(stringAt(object, 'status', 'lastMessage') || 'The stage failed');
            return stage === 'in progress' ? progressing(`Stage ${stringAt(object, 'status', 'stage')}`) : undefined;
        }
    },
    {
        group: 'operator.victoriametrics.com',
        awaits: ['updateStatus', 'status', 'replicas'],
        word: {
            field: 'updateStatus',
            healthy: ['operational'],
            progressing: ['expanding'],
            degraded: ['failed'],
            suspended: ['paused']
        }
    },
    {
        // Its own four-valued conditions: Available may be Degraded (prometheus-operator.dev).
        group: 'monitoring.coreos.com',
        judge: (object) => {
            for (const type of ['Reconciled', 'Available']) {
                const condition = conditionOf(object, type);
                if (!condition || condition.status === 'True')
                    continue;
                return condition.status === 'Unknown' ? progressing(sentence(condition)) : degraded(sentence(condition));
            }
            return undefined;
        }
    },
    {
        group: 'opentelemetry.io',
        kinds: ['OpenTelemetryCollector'],
        awaits: ['scale', 'version'],
        judge: (object) => {
            const [ready, declared] = stringAt(object, 'status', 'scale', 'statusReplicas').split('/').map(Number);
            if (ready === undefined || declared === undefined)
                return undefined;
            return ready < declared
                ? progressing(`${ready} of ${declared} replicas ready`)
                : healthy('All replicas are ready');
        }
    },
    {
        group: 'datadoghq.com',
        kinds: ['DatadogMetric'],
        awaits: ['conditions'],
        judge: (object) => {
            const problem = conditionOf(object, 'Error');
            if (problem?.status === 'True')
                return degraded(sentence(problem));
            const active = conditionOf(object, 'Active');
            const valid = conditionOf(object, 'Valid');
            if (active?.status === 'True' && valid?.status !== 'True')
                return degraded(valid ? sentence(valid) : 'It is not valid');
            return healthy(active?.status === 'True' ? 'Valid and in use' : 'Not in use by any autoscaler');
        }
    },
    { group: 'coralogix.com', awaits: ['conditions', 'id'], verdict: ['RemoteSynced', 'Ready'], unmet: 'Degraded' },
    {
        // Ansible operators: Running is True also between two reconciliations, then with the reason Successful.
        group: 'kiali.io',
        kinds: ['Kiali'],
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = conditionsOf(object);
            const failure = conditions.find((one) => one.type === 'Failure' && one.status === 'True');
            if (failure)
                return degraded(sentence(failure));
            const running = conditions.find((one) => one.type === 'Running' && one.status === 'True');
            const done = conditions.find((one) => one.type === 'Successful' && one.status === 'True');
            if (running?.reason === 'Successful' || done)
                return healthy('The last reconciliation succeeded');
            return running ? progressing(sentence(running)) : undefined;
        }
    },
    {
        group: 'core.humio.com',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['Running', 'Exists', 'Synchronized'],
            progressing: ['Pending', 'Restarting', 'Upgrading'],
            degraded: ['ConfigError', 'Failed', 'PartiallySynchronized'],
            missing: ['NotFound'],
            unknown: ['Unknown'],
            other: 'Progressing'
        }
    },
    {
        group: 'velero.io',
        awaits: ['phase'],
        silent: ['VolumeSnapshotLocation'],
        word: {
            field: 'phase',
            healthy: ['Completed', 'Available', 'Enabled', 'Ready', 'Processed'],
            degraded: ['Failed', 'PartiallyFailed', 'FailedValidation', 'Unavailable', 'NotReady'],
            suspended: ['Paused'],
            other: 'Progressing'
        }
    },
    {
        group: 'autoscaling.k8s.io',
        kinds: ['VerticalPodAutoscaler'],
        alarms: ['ConfigUnsupported', 'ConfigDeprecated'],
        judge: (object) => {
            const given = conditionOf(object, 'RecommendationProvided');
            if (given?.status === 'True')
                return healthy('A recommendation is provided');
            return given ? progressing(sentence(given)) : undefined;
        }
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/databases.js



/** Elastic's traffic light; single-node clusters stay yellow, which is why a set phase of Ready says more. */
const elastic = {
    awaits: ['health', 'phase'],
    judge: (object) => {
        const phase = stringAt(object, 'status', 'phase');
        if (phase === 'Invalid')
            return degraded(explanationOf(object) || 'The specification is invalid');
        if (phase !== '' && phase !== 'Ready')
            return progressing(`phase is ${phase}`);
        const light = stringAt(object, 'status', 'health');
        switch (light) {
            case 'green':
                return healthy('health is green');
            case 'yellow':
                return availableAll(object)
                    ? healthy('health is yellow, all nodes are available')
                    : progressing('health is yellow');
            case 'red':
                return degraded('health is red');
            default:
                return unknown(`health is ${light || 'not reported'}`);
        }
    }
};
/** Percona's operators share their states. */
const percona = {
    awaits: ['state'],
    word: {
        field: 'state',
        healthy: ['ready', 'Succeeded'],
        progressing: ['initializing', 'init', 'stopping', 'Starting', 'Running', 'requested', 'rejected', 'waiting'],
        degraded: ['error', 'Failed'],
        suspended: ['paused'],
        unknown: ['unknown']
    }
};
/** Ready is the verdict; NotReady is what Strimzi writes instead while it is not, with the reason Creating at first. */
const strimzi = {
    awaits: ['conditions'],
    judge: (object) => {
        const bad = conditionOf(object, 'NotReady');
        if (bad?.status !== 'True')
            return undefined;
        return bad.reason === 'Creating' ? progressing(sentence(bad)) : degraded(sentence(bad));
    },
    pauses: ['ReconciliationPaused'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['Creating']
};
/** Messaging topology: an object that the broker refused says FailedCreateOrUpdate. */
const rabbitTopology = { awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' };
/** Databases, search, message brokers. */
const DATABASE_RULES = [
    {
        // Phases of CloudNativePG (cloudnative-pg/api/v1, cluster_types.go).
        group: 'postgresql.cnpg.io',
        kinds: ['Cluster'],
        awaits: ['phase', 'conditions'],
        pausedBy: ['cnpg.io/reconciliation', 'disabled'],
        judge: (object) => {
            const hibernation = conditionOf(object, 'cnpg.io/hibernation');
            if (hibernation)
                return hibernation.status === 'True' ? suspended(sentence(hibernation)) : progressing(sentence(hibernation));
            return annotationOf(object, 'cnpg.io/hibernation') === 'on' ? suspended('The cluster is hibernated') : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Cluster in healthy state'],
            suspended: ['Waiting for user action', 'Cluster upgrade delayed', 'Waiting for user to restart the cluster'],
            degraded: [
                'Failing over',
                'Cluster has incomplete or invalid image catalog',
                'Cluster is unrecoverable and needs manual intervention',
                'Unable to create required cluster objects',
                'Cluster is in an unrecoverable state, needs manual intervention',
                'Cluster cannot execute instance online upgrade due to missing architecture binary',
                'Cluster cannot proceed to reconciliation due to an unknown plugin being required',
                'Cluster cannot proceed to reconciliation due to an error while interacting with plugins',
                'Not enough disk space',
                'Failed',
                'Upgrading cluster failed'
            ],
            other: 'Progressing'
        }
    },
    {
        group: 'postgresql.cnpg.io',
        kinds: ['Backup'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['completed'],
            degraded: ['failed', 'walArchivingFailing'],
            other: 'Progressing'
        }
    },
    {
        group: 'postgresql.cnpg.io',
        kinds: ['Database', 'Publication', 'Subscription'],
        awaits: ['applied'],
        judge: (object) => rule_valueAt(object, 'applied') === true
            ? healthy('Applied')
            : degraded(`Not applied: ${explanationOf(object) || 'no reason is given'}`)
    },
    {
        // postgres-operator.readthedocs.io: states of a manifest.
        group: 'acid.zalan.do',
        kinds: ['postgresql'],
        awaits: ['PostgresClusterStatus'],
        word: {
            field: 'PostgresClusterStatus',
            healthy: ['Running'],
            progressing: ['Creating', 'Updating', 'Terminating'],
            degraded: ['CreateFailed', 'AddFailed', 'UpdateFailed', 'SyncFailed', 'DeleteFailed', 'Invalid'],
            other: 'Progressing'
        }
    },
    { group: 'psmdb.percona.com', ...percona },
    { group: 'pxc.percona.com', ...percona },
    { group: 'ps.percona.com', ...percona },
    { group: 'pgv2.percona.com', ...percona },
    {
        // mariadb-operator: a Backup or SqlJob with a schedule is as good as its last run.
        group: 'k8s.mariadb.com',
        awaits: ['conditions'],
        verdict: ['Ready', 'Complete'],
        working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing', 'StatefulSetNotReady'],
        failing: ['JobFailed']
    },
    {
        group: 'mariadb.mmontes.io',
        awaits: ['conditions'],
        verdict: ['Ready', 'Complete'],
        working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing'],
        failing: ['JobFailed']
    },
    {
        group: 'mongodbcommunity.mongodb.com',
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['Running'], progressing: ['Pending'], degraded: ['Failed'] }
    },
    {
        // MinIO's operator writes sentences into currentState.
        group: 'minio.min.io',
        kinds: ['Tenant'],
        awaits: ['currentState'],
        judge: (object) => {
            const state = stringAt(object, 'status', 'currentState');
            if (state === 'Initialized')
                return healthy('Initialized');
            if (/not controlled|already exists|different versions|not allowed|not valid|invalid|cannot|failed/i.test(state))
                return degraded(state);
            return /^(Provisioning|Waiting|Updating|Restarting|Initializing|Decommission)/.test(state)
                ? progressing(state)
                : unknown(state);
        }
    },
    {
        group: 'clickhouse.altinity.com',
        awaits: ['status'],
        word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
    },
    {
        group: 'clickhouse-keeper.altinity.com',
        awaits: ['status'],
        word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
    },
    { group: 'zookeeper.pravega.io', awaits: ['replicas'], alarms: ['Error'], verdict: ['PodsReady'] },
    {
        group: 'db.atlasgo.io',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        working: ['Reconciling', 'Pending', 'VerifyingFirstRun', 'ApprovalPending'],
        unmet: 'Degraded'
    },
    ...['elasticsearch', 'kibana', 'apm', 'agent', 'beat', 'logstash', 'enterprisesearch', 'maps'].map((name) => ({
        group: `${name}.k8s.elastic.co`,
        ...elastic
    })),
    { group: 'kafka.strimzi.io', ...strimzi },
    { group: 'core.strimzi.io', ...strimzi },
    {
        group: 'kafka.banzaicloud.io',
        kinds: ['KafkaCluster'],
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['ClusterRunning'],
            degraded: ['Failed', 'ClusterFailed'],
            other: 'Progressing'
        }
    },
    {
        group: 'platform.confluent.io',
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['RUNNING', 'CREATED'], degraded: ['ERROR', 'FAILED'], other: 'Progressing' }
    },
    {
        // NoWarnings=False is a word of advice (memory limits), ReconcileSuccess=False a specification that cannot be applied.
        group: 'rabbitmq.com',
        kinds: ['RabbitmqCluster'],
        awaits: ['conditions'],
        judge: (object) => {
            const reconciled = conditionOf(object, 'ReconcileSuccess');
            if (reconciled?.status === 'False')
                return degraded(sentence(reconciled));
            const available = conditionOf(object, 'ClusterAvailable');
            const replicas = conditionOf(object, 'AllReplicasReady');
            for (const one of [replicas, available])
                if (one && one.status !== 'True')
                    return progressing(sentence(one));
            return reconciled?.status === 'True' ? healthy('All replicas are ready') : undefined;
        }
    },
    { group: 'rabbitmq.com', ...rabbitTopology }
];
function availableAll(object) {
    const expected = integerAt(object, 0, 'status', 'expectedNodes');
    return expected > 0 && integerAt(object, 0, 'status', 'availableNodes') >= expected;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/delivery.js




/** Other tools that deliver: Flux, Flagger, Tekton, Keptn, Pulumi, Numaplane, Karmada and their like. */
const DELIVERY_RULES = [
    {
        // Ready is the verdict; while a retry is under way Reconciling is True too, and a dependency is waited for.
        group: 'kustomize.toolkit.fluxcd.io',
        awaits: ['?Ready', '?Reconciling'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DependencyNotReady', 'Progressing'],
        alarms: ['Stalled']
    },
    {
        group: 'notification.toolkit.fluxcd.io',
        kinds: ['Alert', 'Provider'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        // A HelmRepository of type oci is static since source-controller v1.3: nothing reports on it.
        group: 'source.toolkit.fluxcd.io',
        kinds: ['HelmRepository'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => conditionOf(object, 'Ready') === undefined && stringAt(object, 'spec', 'type') !== 'oci'
            ? progressing('Its controller has not reported a status yet')
            : undefined
    },
    {
        group: '*.toolkit.fluxcd.io',
        awaits: ['?Ready', '?Reconciling'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DependencyNotReady', 'Progressing'],
        alarms: ['Stalled']
    },
    {
        group: 'flagger.app',
        kinds: ['Canary'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Initialized', 'Succeeded'],
            progressing: ['Initializing', 'Waiting', 'Progressing', 'Promoting', 'Finalising', 'Terminating', 'Terminated'],
            degraded: ['Failed'],
            suspended: ['WaitingPromotion']
        }
    },
    {
        // Knative-style: Unknown while it runs.
        group: 'tekton.dev',
        kinds: ['PipelineRun', 'TaskRun', 'CustomRun'],
        awaits: ['?Succeeded'],
        verdict: ['Succeeded'],
        unmet: 'Degraded'
    },
    {
        group: 'lifecycle.keptn.sh',
        awaits: ['status', 'overallStatus', 'currentPhase'],
        judge: (object) => keptnHealth((0,json/* asString */.oJ)(rule_valueAt(object, 'status')) ?? (0,json/* asString */.oJ)(rule_valueAt(object, 'overallStatus')))
    },
    {
        group: 'metrics.keptn.sh',
        kinds: ['Analysis'],
        awaits: ['state'],
        judge: (object) => {
            const state = (0,json/* asString */.oJ)(rule_valueAt(object, 'state')) ?? '';
            if (state !== 'Completed')
                return progressing(`The analysis is ${state}`);
            const result = (0,json/* asObject */.eB)((0,json.at)(object, 'status'));
            return result?.['pass'] === true || result?.['warning'] === true
                ? healthy('The analysis passed')
                : degraded('The analysis did not pass');
        }
    },
    {
        group: 'metrics.keptn.sh',
        kinds: ['KeptnMetric'],
        awaits: ['*'],
        judge: (object) => {
            const problem = (0,json/* asString */.oJ)(rule_valueAt(object, 'errMsg'));
            return problem ? degraded(`The metric cannot be read: ${problem}`) : healthy('The metric is read');
        }
    },
    { group: 'pulumi.com', awaits: ['conditions', 'lastUpdate'], alarms: ['Stalled'], verdict: ['Ready'] },
    {
        group: 'tower.ansible.com',
        awaits: ['ansibleJobResult.status'],
        word: {
            field: 'ansibleJobResult.status',
            healthy: ['successful'],
            progressing: ['new', 'pending', 'waiting', 'running'],
            degraded: ['failed', 'error', 'canceled']
        }
    },
    {
        group: 'numaplane.numaproj.io',
        awaits: ['conditions'],
        judge: (object) => {
            const child = conditionOf(object, 'ChildResourcesHealthy');
            const phase = stringAt(object, 'status', 'phase');
            if (phase === 'Failed')
                return degraded(explanationOf(object) || 'The rollout failed');
            const pause = conditionsOf(object).find((one) => one.type.endsWith('PausingOrPaused') && one.status === 'True');
            // A paused MonoVertex is declared so; a paused pipeline waits for its update.
            if (pause)
                return object['kind'] === 'MonoVertexRollout' ? healthy(sentence(pause)) : suspended(sentence(pause));
            if (child?.status === 'False')
                return child.reason === 'Progressing' ? progressing(sentence(child)) : degraded(sentence(child));
            if (stringAt(object, 'status', 'upgradeInProgress') !== '' && phase === 'Pending')
                return progressing('An upgrade is in progress');
            return child?.status === 'True' && phase === 'Deployed'
                ? healthy(sentence(child))
                : progressing(`The rollout is ${phase || 'not yet reported on'}`);
        }
    },
    {
        // Every condition of Numaflow's objects is good news when met; a phase of its own tells of pauses.
        group: 'numaflow.numaproj.io',
        awaits: ['conditions', 'phase'],
        judge: (object) => {
            const phase = stringAt(object, 'status', 'phase');
            const unmet = conditionsOf(object).find((one) => one.status === 'False');
            if (phase === 'Failed')
                return degraded(explanationOf(object) || 'It failed');
            if (unmet)
                return degraded(sentence(unmet));
            if (phase === 'Running')
                return healthy('Running');
            return phase === 'Paused' || phase === 'Pausing' ? healthy('Paused, as declared') : progressing(`It is ${phase}`);
        }
    },
    {
        group: 'camel.apache.org',
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Running', 'Ready'],
            degraded: ['Error', 'Cannot Match Kit', 'Cannot Find Platform', 'Unknown'],
            other: 'Progressing',
            onlyBad: true
        },
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DeploymentProgressing', 'RuntimeNotReady']
    },
    {
        // A binding is as healthy as what it has put into each member cluster.
        group: 'work.karmada.io',
        kinds: ['ResourceBinding', 'ClusterResourceBinding'],
        awaits: ['aggregatedStatus', 'conditions'],
        judge: (object) => {
            const members = (0,json/* asList */.DD)(rule_valueAt(object, 'aggregatedStatus')) ?? [];
            const wanted = (0,json/* asList */.DD)((0,json.at)(object, 'spec', 'clusters')) ?? [];
            const bad = members.find((one) => (0,json.at)(one, 'health') === 'Unhealthy' || (0,json.at)(one, 'applied') === false);
            if (bad)
                return degraded(`Not healthy in cluster ${stringAt(bad, 'clusterName')}`);
            if (members.length < wanted.length)
                return progressing(`Applied in ${members.length} of ${wanted.length} clusters`);
            if (members.some((one) => (0,json.at)(one, 'applied') !== true))
                return progressing('Not applied in every cluster yet');
            const applied = conditionOf(object, 'FullyApplied');
            return applied?.status === 'False' ? degraded(sentence(applied)) : healthy('Applied in every cluster');
        }
    }
];
function keptnHealth(state) {
    switch (state) {
        case 'Succeeded':
        case 'Warning':
            return healthy(`It ${state === 'Warning' ? 'ended with a warning' : 'succeeded'}`);
        case 'Failed':
            return degraded('It failed');
        case 'Deprecated':
            return healthy('It is superseded by a newer version');
        case 'Pending':
        case 'Progressing':
            return progressing(`It is ${state.toLowerCase()}`);
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/network.js




/** States of Gloo's objects, by name or by the number of the protobuf enumeration. */
const GLOO_STATES = {
    accepted: 'Healthy',
    '1': 'Healthy',
    rejected: 'Degraded',
    '2': 'Degraded',
    warning: 'Degraded',
    '3': 'Degraded',
    // Not yet validated: Argo CD calls that Suspended; it is work that Gloo has still to do.
    pending: 'Progressing',
    '0': 'Progressing'
};
const gloo = {
    awaits: ['statuses', 'state', 'reportedBy'],
    judge: (object) => {
        const perNamespace = Object.values((0,json/* asObject */.eB)(rule_valueAt(object, 'statuses')) ?? {});
        const reports = perNamespace.length > 0 ? perNamespace : [object['status']];
        const found = reports.map((report) => {
            const state = (0,json.at)(report, 'state');
            const status = GLOO_STATES[String(state ?? '0').toLowerCase()] ?? 'Unknown';
            const reason = status_clause(stringAt(report, 'reason'));
            return { status, message: reason || (status === 'Healthy' ? 'Accepted' : 'Not validated yet') };
        });
        return found.find((one) => one.status === 'Degraded') ?? found.find((one) => one.status !== 'Healthy') ?? found[0];
    }
};
/** Traffic: Gateway API, ingress controllers, meshes, certificates of load balancers, Knative. */
const NETWORK_RULES = [
    {
        // Conditions stand on the object (Accepted, Programmed) and on every listener. Accepted=False is a refusal.
        group: 'gateway.networking.k8s.io',
        kinds: ['Gateway', 'GatewayClass'],
        awaits: ['conditions'],
        judge: (object) => {
            const refused = conditionsIn(rule_valueAt(object, 'conditions')).find((one) => (one.type === 'Accepted' || one.type === 'ResolvedRefs') && one.status === 'False');
            return (refused && degraded(sentence(refused))) ?? listenersHealth(object);
        }
    },
    {
        group: 'gateway.networking.k8s.io',
        kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'],
        awaits: ['parents'],
        judge: (object) => nestedVerdict(rule_valueAt(object, 'parents'), 'parentRef')
    },
    {
        group: 'gateway.networking.k8s.io',
        kinds: ['BackendTLSPolicy', 'BackendLBPolicy', 'XBackendTrafficPolicy'],
        awaits: ['ancestors'],
        judge: (object) => nestedVerdict(rule_valueAt(object, 'ancestors'), 'ancestorRef')
    },
    {
        group: 'microgateway.airlock.com',
        judge: (object) => nestedVerdict(rule_valueAt(object, 'ancestors'), 'ancestorRef')
    },
    { group: 'gateway.solo.io', ...gloo },
    { group: 'gloo.solo.io', ...gloo },
    { group: 'enterprise.gloo.solo.io', ...gloo },
    { group: 'graphql.gloo.solo.io', ...gloo },
    { group: 'ratelimit.solo.io', ...gloo },
    {
        group: 'projectcontour.io',
        awaits: ['?Valid', 'currentStatus'],
        verdict: ['Valid'],
        unmet: 'Degraded',
        word: {
            field: 'currentStatus',
            healthy: ['valid'],
            degraded: ['invalid', 'orphaned'],
            progressing: ['NotReconciled'],
            onlyBad: true
        }
    },
    {
        group: 'getambassador.io',
        kinds: ['Mapping', 'Host'],
        word: { field: 'state', healthy: ['Running', 'Ready', 'Inactive'], progressing: ['Pending'], degraded: ['Error'] }
    },
    {
        // Domain states of Google-managed certificates (cloud.google.com, managed-certs).
        group: 'networking.gke.io',
        kinds: ['ManagedCertificate'],
        awaits: ['certificateStatus', 'domainStatus'],
        judge: (object) => {
            const domains = (0,json/* asList */.DD)(rule_valueAt(object, 'domainStatus')) ?? [];
            const failed = domains.filter((domain) => stringAt(domain, 'status').startsWith('Failed'));
            if (failed.length > 0)
                return degraded(failed.map((one) => `${stringAt(one, 'domain')}: ${stringAt(one, 'status')}`).join(', '));
            const state = (0,json/* asString */.oJ)(rule_valueAt(object, 'certificateStatus')) ?? '';
            if (state === 'Active')
                return healthy('The certificate is active');
            return state.endsWith('Failed') || state.startsWith('Failed')
                ? degraded(`The certificate is ${state}`)
                : progressing(`The certificate is ${state || 'not yet reported on'}`);
        }
    },
    {
        // Knative: Unknown is work under way, False has failed (knative.dev, "conditions"). Its operator is less strict.
        group: 'serving.knative.dev',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    { group: 'eventing.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'messaging.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'sources.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'operator.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Progressing' },
    {
        group: 'install.istio.io',
        awaits: ['status', 'componentStatus'],
        word: {
            field: 'status',
            healthy: ['HEALTHY', '3'],
            progressing: ['NONE', 'UPDATING', 'RECONCILING', '0', '1', '5'],
            degraded: ['ERROR', 'ACTION_REQUIRED', '4', '6']
        }
    },
    { group: 'sailoperator.io', awaits: ['?Ready'], verdict: ['Ready'] },
    {
        group: 'externaldns.k8s.io',
        silent: ['DNSEndpoint']
    },
    {
        group: 'metallb.io',
        verdict: ['Ready']
    },
    {
        group: 'proclaim.dogmatiq.io',
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = conditionsIn(rule_valueAt(object, 'conditions'));
            const unmet = conditions.find((one) => one.status === 'False');
            if (unmet)
                return degraded(sentence(unmet));
            const seen = conditions.find((one) => one.type === 'Discoverable' && one.status === 'True');
            return seen ? healthy(sentence(seen)) : progressing('Its records have not been seen in DNS yet');
        }
    }
];
function listenersHealth(object) {
    for (const listener of (0,json/* asList */.DD)((0,json.at)(object, 'status', 'listeners')) ?? []) {
        const unmet = conditionsIn((0,json.at)(listener, 'conditions')).find((one) => ['Accepted', 'ResolvedRefs', 'Programmed'].includes(one.type) && one.status === 'False');
        if (!unmet)
            continue;
        const health = judged(unmet);
        return { ...health, message: `Listener ${stringAt(listener, 'name')}: ${health.message}` };
    }
    return undefined;
}
/** Every parent must accept the route and resolve its references; one that refuses it is a failure, not a wait. */
function nestedVerdict(list, reference) {
    let result;
    for (const entry of (0,json/* asList */.DD)(list) ?? []) {
        const name = stringAt((0,json.at)(entry, reference), 'name');
        const conditions = conditionsIn((0,json.at)(entry, 'conditions'));
        if (conditions.length === 0)
            result = progressing(`${name} has not judged it yet`);
        for (const condition of conditions) {
            if (!['Accepted', 'ResolvedRefs', 'Programmed'].includes(condition.type) || condition.status === 'True')
                continue;
            const health = judged(condition);
            const message = `${name}: ${health.message}`;
            if (condition.status === 'False' && condition.type !== 'Programmed')
                return degraded(message);
            if (health.status === 'Degraded')
                return degraded(message);
            result = progressing(message);
        }
    }
    return result;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/security.js



/** Certificates, secrets, policies. */
const SECURITY_RULES = [
    {
        // While a certificate is being issued, Ready is False with the reason of the old one (cert-manager.io/docs/usage).
        group: 'cert-manager.io',
        kinds: ['Certificate'],
        awaits: ['?Ready', '?Issuing'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => {
            const issuing = conditionOf(object, 'Issuing');
            return issuing?.status === 'True' ? progressing(issuing.message || 'The certificate is being issued') : undefined;
        }
    },
    {
        group: 'cert-manager.io',
        kinds: ['CertificateRequest'],
        awaits: ['conditions'],
        verdict: ['Ready'],
        working: ['Pending'],
        failing: ['Failed', 'Denied'],
        alarms: ['Denied', 'InvalidRequest']
    },
    { group: 'cert-manager.io', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded', working: ['Initializing'] },
    {
        group: 'certmanager.k8s.io',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['InProgress', 'TemporaryCertificate', 'Issuing'],
        judge: (object) => object['kind'] === 'Certificate' && conditionOf(object, 'Ready')?.reason === 'DoesNotExist'
            ? progressing('The certificate is being issued')
            : undefined
    },
    {
        // States of the ACME protocol (RFC 8555 §7.1.6): `ready` is an order that waits to be finalized.
        group: 'acme.cert-manager.io',
        awaits: ['state', 'processing', 'presented'],
        word: {
            field: 'state',
            healthy: ['valid'],
            progressing: ['pending', 'processing', 'ready', 'unknown'],
            degraded: ['invalid', 'expired', 'errored'],
            other: 'Progressing'
        }
    },
    {
        group: 'trust.cert-manager.io',
        awaits: ['?Synced'],
        verdict: ['Synced'],
        unmet: 'Degraded'
    },
    {
        group: 'external-secrets.io',
        awaits: ['?Ready', '?PartiallyReady', '?NotReady'],
        alarms: ['NotReady', 'PartiallyReady'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        group: 'bitnami.com',
        kinds: ['SealedSecret'],
        awaits: ['?Synced'],
        verdict: ['Synced'],
        unmet: 'Degraded'
    },
    {
        group: 'secrets.hashicorp.com',
        awaits: ['*'],
        verdict: ['Ready', 'Healthy'],
        unmet: 'Degraded',
        judge: (object) => {
            const valid = rule_valueAt(object, 'valid');
            return valid === false ? degraded((0,json/* asString */.oJ)(rule_valueAt(object, 'error')) || 'It reports itself not valid') : undefined;
        }
    },
    { group: 'onepassword.com', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    {
        // Compliance of policies (open-cluster-management.io): an evaluation of an older generation says nothing.
        group: 'policy.open-cluster-management.io',
        silent: ['PolicySet', 'PolicyAutomation', 'PlacementBinding'],
        awaits: ['compliant', 'placement', 'status'],
        judge: (object) => {
            const generation = (0,json.at)(object, 'metadata', 'generation');
            const evaluated = rule_valueAt(object, 'lastEvaluatedGeneration');
            if (typeof generation === 'number' && typeof evaluated === 'number' && evaluated < generation)
                return progressing('The policy has not been evaluated since its latest change');
            const details = ((0,json/* asList */.DD)(rule_valueAt(object, 'details')) ?? (0,json/* asList */.DD)(rule_valueAt(object, 'status')) ?? []).filter((entry) => (0,json.at)(entry, 'compliant') === 'NonCompliant');
            const names = details
                .map((entry) => (0,json/* asString */.oJ)((0,json.at)(entry, 'templateMeta', 'name')) ?? (0,json/* asString */.oJ)((0,json.at)(entry, 'clustername')))
                .filter((name) => name !== undefined);
            switch (rule_valueAt(object, 'compliant')) {
                case 'Compliant':
                    return healthy('Compliant');
                case 'NonCompliant':
                    return degraded(`Not compliant${names.length > 0 ? `: ${names.join(', ')}` : ''}`);
                default:
                    return progressing('Its compliance has not been reported yet');
            }
        }
    },
    {
        group: 'kyverno.io',
        verdict: ['Ready'],
        unmet: 'Progressing'
    },
    {
        group: 'iammanager.keikoproj.io',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['Ready'],
            progressing: ['CreateInProgress', 'UpdateInProgress', 'DeleteInProgress'],
            degraded: [
                'Error',
                'PolicyNotAllowed',
                'RolesMaxLimitReached',
                'RoleNameNotAvailable',
                'ServiceAccountAlreadyExists'
            ],
            other: 'Progressing'
        }
    },
    {
        group: 'k8s.keycloak.org',
        awaits: ['conditions'],
        alarms: ['HasErrors'],
        verdict: ['Ready', 'Done'],
        unmet: 'Progressing'
    },
    {
        group: 'addons.projectcapsule.dev',
        awaits: ['?Ready', 'condition'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/workloads.js



/** What runs pods or virtual machines, and what scales it. */
const WORKLOAD_RULES = [
    { group: 'apps.kruise.io', kinds: ['CloneSet', 'StatefulSet'], awaits: ['*'], judge: replicatedHealth },
    { group: 'apps.kruise.io', kinds: ['DaemonSet', 'SidecarSet'], awaits: ['*'], judge: daemonHealth },
    {
        group: 'apps.kruise.io',
        kinds: ['BroadcastJob'],
        awaits: ['phase', 'desired', 'conditions'],
        judge: (object) => {
            if ((0,json.at)(object, 'spec', 'paused') === true)
                return suspended('The job is paused');
            const failed = conditionOf(object, 'Failed');
            if (failed?.status === 'True')
                return degraded(sentence(failed));
            const done = integerAt(object, 0, 'status', 'succeeded');
            const desired = integerAt(object, 0, 'status', 'desired');
            const stuck = integerAt(object, 0, 'status', 'failed');
            if (desired > 0 && done === desired && stuck === 0)
                return healthy('Completed on every node');
            return stuck > 0 && integerAt(object, 0, 'status', 'active') === 0
                ? degraded(`${count(stuck, 'pod')} failed`)
                : progressing(`Completed on ${share(done, desired, 'node')}`);
        }
    },
    {
        group: 'apps.kruise.io',
        kinds: ['AdvancedCronJob'],
        awaits: ['*'],
        judge: (object) => (0,json.at)(object, 'spec', 'paused') === true
            ? suspended('No runs are started')
            : stringAt(object, 'status', 'lastScheduleTime') === ''
                ? progressing('It has not run yet')
                : healthy('It has run')
    },
    {
        group: 'rollouts.kruise.io',
        kinds: ['Rollout'],
        awaits: ['phase', 'canaryStatus'],
        judge: (object) => {
            const work = conditionOf(object, 'Progressing');
            const phase = stringAt(object, 'status', 'phase');
            if ((0,json.at)(object, 'spec', 'disabled') === true || phase === 'Disabled')
                return healthy('Disabled, as declared');
            const step = stringAt(object, 'status', 'canaryStatus', 'currentStepState');
            if (work?.reason === 'Completed' || work?.reason === 'Cancelling')
                return healthy(sentence(work));
            if (step === 'StepPaused' || work?.reason === 'Paused')
                return suspended('The rollout waits at a step');
            return phase === 'Healthy' ? healthy('The rollout is complete') : progressing(`The rollout is ${phase}`);
        }
    },
    {
        group: 'game.kruise.io',
        kinds: ['GameServer'],
        awaits: ['currentState', 'podStatus'],
        judge: (object) => {
            const unmet = conditionsIn((0,json.at)(object, 'status', 'podStatus', 'conditions')).find((one) => one.status === 'False');
            const state = stringAt(object, 'status', 'currentState');
            const wanted = stringAt(object, 'status', 'desiredState');
            if (['Crash', 'NetworkNotReady', 'Unknown'].includes(state))
                return degraded(`The game server is ${state}`);
            if (wanted !== '' && state !== wanted)
                return progressing(`The game server is ${state}, not yet ${wanted}`);
            if (unmet)
                return degraded(`The pod is not ready: ${unmet.type} is False`);
            return state === 'Ready' ? healthy('The game server is ready') : undefined;
        }
    },
    { group: 'game.kruise.io', kinds: ['GameServerSet'], awaits: ['*'], judge: replicatedHealth },
    {
        // Progressing is True while a deployment runs and when it is done; the reason tells which.
        group: 'apps.openshift.io',
        kinds: ['DeploymentConfig'],
        awaits: ['observedGeneration', 'conditions'],
        judge: (object) => {
            const rollout = conditionOf(object, 'Progressing');
            if (rollout?.status === 'False')
                return degraded(sentence(rollout));
            const isDone = rollout?.reason === 'NewReplicationControllerAvailable';
            if (rollout?.status === 'Unknown' || (rollout && !isDone && rollout.reason !== ''))
                return progressing(sentence(rollout));
            const available = conditionOf(object, 'Available');
            const declared = integerAt(object, 1, 'spec', 'replicas');
            const ready = integerAt(object, 0, 'status', 'availableReplicas');
            if (declared === 0)
                return healthy('Scaled to zero, as declared');
            if (available?.status === 'False')
                return progressing(sentence(available));
            return ready < declared ? progressing(`${share(ready, declared, 'pod')} available`) : undefined;
        }
    },
    {
        group: 'keda.sh',
        kinds: ['ScaledObject', 'ScaledJob'],
        awaits: ['?Ready'],
        // Fallback is what KEDA does when its triggers cannot be read.
        alarms: ['Fallback'],
        judge: (object) => {
            const ready = conditionOf(object, 'Ready');
            const paused = conditionOf(object, 'Paused');
            return ready?.status === 'True' && paused?.status === 'True' ? suspended(sentence(paused)) : undefined;
        },
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        group: 'kubevirt.io',
        kinds: ['VirtualMachine'],
        awaits: ['conditions', 'printableStatus'],
        pauses: ['Paused'],
        judge: (object) => {
            const failure = conditionOf(object, 'Failure');
            if (failure?.status === 'True')
                return degraded(sentence(failure));
            const state = stringAt(object, 'status', 'printableStatus');
            if (/CrashLoopBackOff|Err|Unschedulable|Pvc(NotFound|Error)|DataVolumeError/.test(state))
                return degraded(`The virtual machine is ${state}`);
            const ready = conditionOf(object, 'Ready');
            if (ready?.status === 'True')
                return healthy('The virtual machine is running');
            const isOff = (0,json.at)(object, 'spec', 'running') === false || stringAt(object, 'spec', 'runStrategy') === 'Halted';
            if (isOff || state === 'Stopped' || (ready && (0,json.at)(object, 'status', 'created') !== true))
                return suspended('The virtual machine is stopped');
            return progressing(`The virtual machine is ${state || 'starting'}`);
        }
    },
    {
        group: 'kubevirt.io',
        kinds: ['VirtualMachineInstance'],
        awaits: ['conditions', 'phase'],
        pauses: ['Paused'],
        judge: (object) => {
            const phase = stringAt(object, 'status', 'phase');
            const ready = conditionOf(object, 'Ready');
            if (phase === 'Failed')
                return degraded('The virtual machine failed');
            if (phase === 'Succeeded')
                return healthy('The virtual machine has ended');
            return ready?.status === 'True'
                ? healthy('Running')
                : progressing(`The virtual machine is ${phase || 'starting'}`);
        }
    },
    {
        group: 'cdi.kubevirt.io',
        kinds: ['DataVolume'],
        awaits: ['phase', 'conditions'],
        judge: (object) => {
            const running = conditionOf(object, 'Running');
            return running?.status === 'False' && running.reason === 'Error' ? degraded(sentence(running)) : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Succeeded', 'WaitForFirstConsumer', 'PendingPopulation'],
            degraded: ['Failed', 'Unknown'],
            suspended: ['Paused'],
            other: 'Progressing'
        }
    },
    {
        group: 'core.spinkube.dev',
        kinds: ['SpinApp'],
        awaits: ['conditions'],
        judge: (object) => {
            const rollout = conditionOf(object, 'Progressing');
            if (rollout?.status === 'False')
                return degraded(sentence(rollout));
            const available = conditionOf(object, 'Available');
            if (available?.status === 'False')
                return degraded(sentence(available));
            const declared = asInteger((0,json.at)(object, 'spec', 'replicas'));
            const ready = integerAt(object, 0, 'status', 'readyReplicas');
            return declared !== undefined && ready < declared
                ? progressing(`${share(ready, declared, 'pod')} ready`)
                : undefined;
        }
    },
    {
        // Spot Ocean's Argo Rollouts: phase is the verdict, an invalid specification the exception.
        group: 'spot.io',
        kinds: ['SpotDeployment'],
        judge: (object) => {
            const invalid = conditionOf(object, 'InvalidSpec');
            return invalid && invalid.status !== 'False' ? degraded(sentence(invalid)) : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Healthy'],
            progressing: ['Progressing'],
            degraded: ['Degraded'],
            suspended: ['Paused']
        }
    },
    { group: 'leaderworkerset.x-k8s.io', awaits: ['conditions'], verdict: ['Available'], unmet: 'Progressing' },
    {
        group: 'jobset.x-k8s.io',
        kinds: ['JobSet'],
        alarms: ['Failed'],
        judge: (object) => {
            const suspension = conditionOf(object, 'Suspended');
            if (suspension?.status === 'True')
                return suspended(sentence(suspension));
            const ended = conditionsOf(object).find((one) => ['Completed', 'Failed'].includes(one.type) && one.status === 'True');
            return ended ? undefined : progressing('Its jobs are running');
        },
        verdict: ['Completed']
    },
    {
        group: 'kubeflow.org',
        alarms: ['Failed'],
        judge: (object) => {
            const replicas = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'conditions'));
            if (!(0,json/* asString */.oJ)(object['kind'])?.endsWith('Job') || replicas === undefined)
                return undefined;
            const ended = conditionsOf(object).find((one) => ['Succeeded', 'Failed'].includes(one.type) && one.status === 'True');
            return ended ? undefined : progressing('The job is running');
        },
        verdict: ['Succeeded']
    }
];
/** OpenKruise's CloneSet and StatefulSet, GameServerSet: Kubernetes' own counts, plus a pause and a partition. */
function replicatedHealth(object) {
    const strategy = (0,json.at)(object, 'spec', 'updateStrategy');
    if ((0,json.at)(strategy, 'paused') === true || (0,json.at)(strategy, 'rollingUpdate', 'paused') === true)
        return suspended('The update is paused');
    const refused = conditionsOf(object).find((one) => /^Failed(Scale|Update|CreatePod)/.test(one.type) && one.status === 'True');
    if (refused)
        return degraded(sentence(refused));
    const declared = asInteger((0,json.at)(object, 'spec', 'replicas')) ?? integerAt(object, 0, 'status', 'replicas');
    const ready = asInteger((0,json.at)(object, 'status', 'updatedAvailableReplicas')) ??
        asInteger((0,json.at)(object, 'status', 'updatedReadyReplicas')) ??
        integerAt(object, 0, 'status', 'readyReplicas');
    const partition = (0,json.at)(strategy, 'partition') ?? (0,json.at)(strategy, 'rollingUpdate', 'partition');
    const held = asInteger(partition) ?? (/^[1-9]\d*%$/.test((0,json/* asString */.oJ)(partition) ?? '') ? declared : 0);
    const updated = asInteger((0,json.at)(object, 'status', 'updatedReplicas')) ?? ready;
    if (held > 0 && updated >= declared - held && updated < declared)
        return suspended(`The update is held at ${share(updated, declared, 'replica')} by its partition`);
    return ready < Math.max(0, declared - held)
        ? progressing(`${share(ready, declared, 'replica')} updated and ready`)
        : healthy(`${every(declared, 'replica')} updated and ready`);
}
/** OpenKruise's DaemonSet and SidecarSet. */
function daemonHealth(object) {
    if ((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'paused') === true)
        return suspended('The update is paused');
    if ((0,json.at)(object, 'spec', 'updateStrategy', 'paused') === true)
        return suspended('The update is paused');
    const desired = asInteger((0,json.at)(object, 'status', 'desiredNumberScheduled')) ?? integerAt(object, 0, 'status', 'matchedPods');
    const updated = asInteger((0,json.at)(object, 'status', 'updatedNumberScheduled')) ?? integerAt(object, 0, 'status', 'updatedPods');
    const ready = asInteger((0,json.at)(object, 'status', 'numberAvailable')) ?? integerAt(object, 0, 'status', 'readyPods');
    return Math.min(updated, ready) < desired
        ? progressing(`${share(Math.min(updated, ready), desired, 'pod')} updated and available`)
        : healthy(`${every(desired, 'pod')} updated and available`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/index.js











const operators_RULES = [
    ...WORKLOAD_RULES,
    ...ARGO_RULES,
    ...DELIVERY_RULES,
    ...CLOUD_RULES,
    ...CLUSTER_RULES,
    ...DATABASE_RULES,
    ...DATA_RULES,
    ...NETWORK_RULES,
    ...SECURITY_RULES
];
/** Rules by exact group, and those for a whole family of groups. */
const BY_GROUP = Map.groupBy(operators_RULES, (rule) => rule.group);
const FAMILIES = operators_RULES.filter((rule) => rule.group.startsWith('*.'));
/** The health of a custom resource by what we know of its operator; undefined where we know nothing, or too little. */
function operatorHealth(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const rules = BY_GROUP.get(group) ?? FAMILIES.filter((rule) => group.endsWith(rule.group.slice(1)));
    const rule = rules.find((one) => one.kinds?.includes(object.kind)) ?? rules.find((one) => one.kinds === undefined);
    return rule && applyRule(rule, object);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/result.js
function current(message) {
    return { status: 'Current', message, conditions: [] };
}
function inProgress(reason, message) {
    return { status: 'InProgress', message, conditions: [{ type: 'Reconciling', status: 'True', reason, message }] };
}
function failed(reason, message) {
    return { status: 'Failed', message, conditions: [{ type: 'Stalled', status: 'True', reason, message }] };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/kinds.js



/** How long a pod may be unscheduled before kstatus calls it unschedulable. */
const SCHEDULE_WINDOW_MS = 15_000;
/** What `progressDeadlineSeconds` is when it is not set: the controller then keeps no Progressing condition. */
const NO_DEADLINE = 2 ** 31 - 1;
/** By `group/Kind`, the core group without a slash. */
const KSTATUS_RULES = {
    Service: serviceStatus,
    Pod: podStatus,
    Secret: alwaysCurrent,
    ConfigMap: alwaysCurrent,
    'batch/CronJob': alwaysCurrent,
    PersistentVolumeClaim: claimStatus,
    'apps/StatefulSet': statefulSetStatus,
    'apps/DaemonSet': daemonSetStatus,
    'extensions/DaemonSet': daemonSetStatus,
    'apps/Deployment': deploymentStatus,
    'extensions/Deployment': deploymentStatus,
    'apps/ReplicaSet': replicaSetStatus,
    'extensions/ReplicaSet': replicaSetStatus,
    'policy/PodDisruptionBudget': () => current('AllowedDisruptions has been computed.'),
    'batch/Job': jobStatus,
    'apiextensions.k8s.io/CustomResourceDefinition': definitionStatus
};
function alwaysCurrent() {
    return current('Resource is always ready');
}
function statefulSetStatus(object) {
    if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return current('StatefulSet is using the ondelete update strategy');
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    const old = integerAt(object, 0, 'status', 'currentReplicas');
    const partition = asInteger((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'));
    if (declared > replicas)
        return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    if (partition !== undefined && partition !== -1)
        return updated < declared - partition
            ? inProgress('PartitionRollout', `updated: ${updated}/${declared - partition}`)
            : current(`Partition rollout complete. updated: ${updated}`);
    if (declared > old)
        return inProgress('LessCurrent', `current: ${old}/${declared}`);
    if (stringAt(object, 'status', 'currentRevision') !== stringAt(object, 'status', 'updateRevision'))
        return inProgress('RevisionMismatch', 'Waiting for updated revision to match current');
    return current(`All replicas scheduled as expected. Replicas: ${replicas}`);
}
function deploymentStatus(object) {
    let isProgressing = integerAt(object, NO_DEADLINE, 'spec', 'progressDeadlineSeconds') === NO_DEADLINE;
    let isAvailable = false;
    for (const condition of conditionsOf(object)) {
        if (condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded')
            return {
                status: 'Failed',
                message: 'Progress deadline exceeded',
                conditions: [{ type: 'Stalled', status: 'True', reason: condition.reason, message: condition.message }]
            };
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Progressing' && condition.reason === 'NewReplicaSetAvailable')
            isProgressing = true;
        if (condition.type === 'Available')
            isAvailable = true;
    }
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    if (declared > replicas)
        return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`);
    if (declared > updated)
        return inProgress('LessUpdated', `Updated: ${updated}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    if (updated > available)
        return inProgress('LessAvailable', `Available: ${available}/${updated}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (!isProgressing)
        return inProgress('ReplicaSetNotAvailable', 'ReplicaSet not Available');
    if (!isAvailable)
        return inProgress('DeploymentNotAvailable', 'Deployment not Available');
    return current(`Deployment is available. Replicas: ${replicas}`);
}
function replicaSetStatus(object) {
    if (conditionsOf(object).some((one) => one.type === 'ReplicaFailure' && one.status === 'True'))
        return inProgress('ReplicaFailure', 'Replica Failure condition. Check Pods');
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    const labelled = integerAt(object, 0, 'status', 'fullyLabeledReplicas');
    if (declared > labelled)
        return inProgress('LessLabelled', `Labelled: ${labelled}/${declared}`);
    if (declared > available)
        return inProgress('LessAvailable', `Available: ${available}/${declared}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    return current(`ReplicaSet is available. Replicas: ${replicas}`);
}
/** The daemon set controller always sets the generation fields: without them it has not acted yet. */
function daemonSetStatus(object) {
    if (asInteger((0,json.at)(object, 'metadata', 'generation')) === undefined)
        return inProgress('NoGeneration', 'DaemonSet metadata.generation not found');
    if (asInteger((0,json.at)(object, 'status', 'observedGeneration')) === undefined)
        return inProgress('NoObservedGeneration', 'DaemonSet status.observedGeneration not found');
    const desired = asInteger((0,json.at)(object, 'status', 'desiredNumberScheduled'));
    const scheduled = integerAt(object, 0, 'status', 'currentNumberScheduled');
    const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled');
    const available = integerAt(object, 0, 'status', 'numberAvailable');
    const ready = integerAt(object, 0, 'status', 'numberReady');
    if (desired === undefined || desired === -1)
        return inProgress('NoDesiredNumber', 'Missing .status.desiredNumberScheduled');
    if (desired > scheduled)
        return inProgress('LessCurrent', `Current: ${scheduled}/${desired}`);
    if (desired > updated)
        return inProgress('LessUpdated', `Updated: ${updated}/${desired}`);
    if (desired > available)
        return inProgress('LessAvailable', `Available: ${available}/${desired}`);
    if (desired > ready)
        return inProgress('LessReady', `Ready: ${ready}/${desired}`);
    return current(`All replicas scheduled as expected. Replicas: ${desired}`);
}
function claimStatus(object) {
    const phase = (0,json/* asString */.oJ)((0,json.at)(object, 'status', 'phase')) ?? 'unknown';
    return phase === 'Bound' ? current('PVC is Bound') : inProgress('NotBound', `PVC is not Bound. phase: ${phase}`);
}
function podStatus(object, now) {
    const conditions = conditionsOf(object);
    const phase = stringAt(object, 'status', 'phase');
    switch (phase) {
        case 'Succeeded':
            return current('Pod has completed successfully');
        case 'Failed':
            return current('Pod has completed, but not successfully');
        case 'Running': {
            if (conditions.some((one) => one.type === 'Ready' && one.status === 'True'))
                return current('Pod is Ready');
            const looping = crashLooping(object);
            return looping.length > 0
                ? failed('ContainerCrashLooping', `Containers in CrashLoop state: ${looping.join(',')}`)
                : inProgress('PodRunningNotReady', 'Pod is running but is not Ready');
        }
        case 'Pending': {
            const scheduled = conditions.find((one) => one.type === 'PodScheduled' && one.status === 'False');
            if (scheduled?.reason !== 'Unschedulable')
                return inProgress('PodPending', 'Pod is in the Pending phase');
            const created = Date.parse(stringAt(object, 'metadata', 'creationTimestamp'));
            return now.getTime() - SCHEDULE_WINDOW_MS < created
                ? inProgress('PodNotScheduled', 'Pod has not been scheduled')
                : failed('PodUnschedulable', 'Pod could not be scheduled');
        }
        case '':
            return inProgress('PodNotObserved', 'Pod phase not available');
        default:
            return { status: 'Unknown', message: `unknown phase ${phase}`, conditions: [] };
    }
}
function crashLooping(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [])
        .filter((container) => (0,json.at)(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff')
        .map((container) => stringAt(container, 'name'));
}
/** A running Job is Current here; our own rule waits until it is complete. */
function jobStatus(object) {
    const completions = integerAt(object, integerAt(object, 1, 'spec', 'parallelism'), 'spec', 'completions');
    const succeeded = integerAt(object, 0, 'status', 'succeeded');
    const active = integerAt(object, 0, 'status', 'active');
    const failures = integerAt(object, 0, 'status', 'failed');
    for (const condition of conditionsOf(object)) {
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Complete')
            return current(`Job Completed. succeeded: ${succeeded}/${completions}`);
        if (condition.type === 'Failed')
            return failed('JobFailed', `Job Failed. failed: ${failures}/${completions}`);
        if (condition.type === 'Suspended')
            return current('Job is suspended');
    }
    if (stringAt(object, 'status', 'startTime') === '')
        return inProgress('JobNotStarted', 'Job not started');
    return current(`Job in progress. success:${succeeded}, active: ${active}, failed: ${failures}`);
}
function serviceStatus(object) {
    return stringAt(object, 'spec', 'type') === 'LoadBalancer' && stringAt(object, 'spec', 'clusterIP') === ''
        ? inProgress('NoIPAssigned', 'ClusterIP not set. Service type: LoadBalancer')
        : current('Service is ready');
}
function definitionStatus(object) {
    for (const condition of conditionsOf(object)) {
        if (condition.type === 'NamesAccepted' && condition.status === 'False')
            return failed(condition.reason, condition.message);
        if (condition.type !== 'Established')
            continue;
        if (condition.status === 'False' && condition.reason !== 'Installing')
            return failed(condition.reason, condition.message);
        if (condition.status === 'True')
            return current('CRD is established');
    }
    return inProgress('Installing', 'Install in progress');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/index.js





/**
 * The status of an object by the rules of kstatus, in its words, with the standard conditions that follow from it
 * (source: kubernetes-sigs/cli-utils, pkg/kstatus/status). A shape that kstatus refuses gives `Unknown`.
 */
function computeStatus(object, options = {}) {
    return (fromGenericProperties(object) ??
        KSTATUS_RULES[ruleKey(object)]?.(object, options.now ?? new Date()) ??
        fromReadyCondition(object) ??
        current('Resource is current'));
}
/**
 * The conditions of an object with the computed ones put in: an entry of the same type is updated, a missing one is
 * added. The object itself is not changed.
 */
function augmentConditions(object, options = {}) {
    const now = options.now ?? new Date();
    const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
    const conditions = (asList(at(object, 'status', 'conditions')) ?? [])
        .map(asObject)
        .filter((entry) => entry !== undefined);
    for (const computed of computeStatus(object, { now }).conditions) {
        const fields = {
            type: computed.type,
            status: computed.status,
            reason: computed.reason,
            message: computed.message,
            lastUpdateTime: time
        };
        const index = conditions.findIndex((condition) => condition['type'] === computed.type);
        const known = conditions[index];
        if (known === undefined)
            conditions.push({ ...fields, lastTransitionTime: time });
        else
            conditions[index] = {
                ...known,
                ...fields,
                lastTransitionTime: known['status'] === computed.status ? (known['lastTransitionTime'] ?? time) : time
            };
    }
    return conditions;
}
function ruleKey(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    return group === '' ? object.kind : `${group}/${object.kind}`;
}
/** What holds for every kind: deletion, a generation not yet seen, and the conditions Reconciling and Stalled. */
function fromGenericProperties(object) {
    if ((0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'deletionTimestamp')))
        return { status: 'Terminating', message: 'Resource scheduled for deletion', conditions: [] };
    const generation = (0,json.at)(object, 'metadata', 'generation');
    const observed = (0,json.at)(object, 'status', 'observedGeneration');
    if (!isIntegerOrAbsent(generation) || (generation !== undefined && !isIntegerOrAbsent(observed)))
        return { status: 'Unknown', message: 'The generation is no integer', conditions: [] };
    if (generation !== undefined && observed !== undefined && asInteger(generation) !== asInteger(observed))
        return inProgress('LatestGenerationNotObserved', `${object.kind} generation is ${generation}, but latest observed generation is ${observed}`);
    for (const condition of conditionsOf(object)) {
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Reconciling')
            return inProgress(condition.reason, condition.message);
        if (condition.type === 'Stalled')
            return failed(condition.reason, condition.message);
    }
    return undefined;
}
function fromReadyCondition(object) {
    const ready = conditionsOf(object).find((condition) => condition.type === 'Ready' && ['True', 'False', 'Unknown'].includes(condition.status));
    if (ready === undefined)
        return undefined;
    return ready.status === 'True' ? current('Resource is Ready') : inProgress(ready.reason, ready.message);
}
function isIntegerOrAbsent(value) {
    return value === undefined || asInteger(value) !== undefined;
}
/** A sentence for what kstatus computed: its own wording, which for many kinds is the message of a condition. */
function messageOfStatus(object, result) {
    return result.message || `${object.kind} ${stringAt(object, 'metadata', 'name')} is ${result.status}`.trim();
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/cluster.js


function definitionHealth(object) {
    const names = conditionOf(object, 'NamesAccepted');
    if (names?.status === 'False')
        return degraded(`Its names are not accepted: ${reasonOf(names)}`);
    const established = conditionOf(object, 'Established');
    const rejected = conditionOf(object, 'NonStructuralSchema');
    if (established?.status === 'True')
        return rejected?.status === 'True'
            ? degraded(`Its schema is not structural: ${reasonOf(rejected)}`)
            : healthy('Established: custom resources of this kind can be applied');
    if (established?.status === 'False' && established.reason !== 'Installing')
        return degraded(`Not established: ${reasonOf(established)}`);
    return progressing('Not established yet');
}
function claimHealth(object) {
    const phase = stringAt(object, 'status', 'phase');
    if (phase === 'Bound')
        return healthy(`Bound to volume ${stringAt(object, 'spec', 'volumeName')}`.trim());
    if (phase === 'Lost')
        return degraded('Its volume is lost');
    return progressing('No volume is bound yet');
}
function volumeHealth(object) {
    const phase = stringAt(object, 'status', 'phase');
    const message = status_clause(stringAt(object, 'status', 'message'));
    if (phase === 'Failed')
        return degraded(`Failed${message ? `: ${message}` : ''}`);
    return phase === 'Pending' ? progressing('The volume is not available yet') : healthy(phase || 'Accepted');
}
function namespaceHealth(object) {
    if (stringAt(object, 'status', 'phase') !== 'Terminating')
        return healthy('Active');
    const blocked = conditionsOf(object).find((condition) => condition.status === 'True' && condition.message !== '');
    return progressing(`It is being deleted${blocked ? `: ${reasonOf(blocked)}` : ''}`);
}
/** A budget holds as soon as the disruption controller has counted the pods; how many may go is no matter of health. */
function budgetHealth(object) {
    const allowed = integerAt(object, 0, 'status', 'disruptionsAllowed');
    const failure = conditionOf(object, 'DisruptionAllowed');
    if (failure?.reason === 'SyncFailed')
        return healthy(`In force, but no disruption can be allowed: ${reasonOf(failure)}`);
    return healthy(`In force; ${allowed} disruptions are allowed now`);
}
function requestHealth(object) {
    const refused = conditionsOf(object).find((condition) => (condition.type === 'Denied' || condition.type === 'Failed') && condition.status !== 'False');
    if (refused)
        return degraded(`${refused.type}: ${reasonOf(refused)}`);
    return healthy(stringAt(object, 'status', 'certificate') === '' ? 'Waits for approval' : 'Issued');
}
/** Why an object that is being deleted is still there. */
function deletionHealth(object) {
    const finalizers = ((0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'finalizers')) ?? []).filter((one) => typeof one === 'string');
    return progressing(finalizers.length === 0
        ? 'It is being deleted'
        : `It is being deleted and waits for ${finalizers.length === 1 ? 'the finalizer' : 'the finalizers'} ${finalizers.join(', ')}`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/jobs.js


/** A Job is healthy when it is complete: kstatus would call it current while it still runs. */
function jobHealth(object) {
    const succeeded = integerAt(object, 0, 'status', 'succeeded');
    const failures = integerAt(object, 0, 'status', 'failed');
    const active = integerAt(object, 0, 'status', 'active');
    const completions = asInteger((0,json.at)(object, 'spec', 'completions'));
    const failure = conditionOf(object, 'Failed');
    if (failure?.status === 'True')
        return degraded(`Failed: ${reasonOf(failure) || count(failures, 'failed pod')}`);
    if (conditionOf(object, 'Complete')?.status === 'True')
        return healthy('Completed');
    const failing = conditionOf(object, 'FailureTarget');
    if (failing?.status === 'True')
        return degraded(`Failed: ${reasonOf(failing)}`);
    // A resumed Job keeps the condition with status False: it runs again and is not done.
    if ((0,json.at)(object, 'spec', 'suspend') === true || conditionOf(object, 'Suspended')?.status === 'True')
        return suspended('Suspended: it does not run until spec.suspend is set to false');
    const limit = integerAt(object, 6, 'spec', 'backoffLimit');
    if (failures > limit)
        return degraded(`Failed: ${count(failures, 'pod')} failed, more than the back-off limit of ${limit}`);
    if (completions !== undefined ? succeeded >= completions : succeeded > 0 && active === 0)
        return healthy('Completed');
    if (stringAt(object, 'status', 'startTime') === '' && active + succeeded + failures === 0)
        return progressing('Not started yet');
    const parts = [
        `${succeeded}${completions === undefined ? '' : ` of ${completions}`} completed`,
        `${active} running`,
        ...(failures > 0 ? [`${failures} failed`] : [])
    ];
    return progressing(`Running: ${parts.join(', ')}`);
}
/**
 * A CronJob works when its last run did. `lastSuccessfulTime` is when a run ended, `lastScheduleTime` when one was
 * due, so a run in between is either still active or failed.
 */
function cronJobHealth(object) {
    if ((0,json.at)(object, 'spec', 'suspend') === true)
        return suspended('Suspended: no runs are started');
    const status = (0,json/* asObject */.eB)(object['status']);
    const active = (0,json.at)(status, 'active');
    const scheduled = stringAt(status, 'lastScheduleTime');
    const success = stringAt(status, 'lastSuccessfulTime');
    if (scheduled === '')
        return healthy('Accepted; it has not run yet');
    if (Array.isArray(active) && active.length > 0)
        return healthy('A run is under way');
    if (success !== '' && Date.parse(success) >= Date.parse(scheduled))
        return healthy('The last run succeeded');
    return degraded(`The run of ${scheduled} did not succeed`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/events.js


/** A subject for each object. */
function subjectsOf(objects) {
    return objects.map((object) => ({
        kind: object.kind,
        name: stringAt(object, 'metadata', 'name'),
        uid: stringAt(object, 'metadata', 'uid')
    }));
}
/**
 * The events about some objects of one namespace, oldest first. Events are a luxury: where they cannot be read there
 * are none. The events of cluster-scoped objects lie in `default`.
 */
async function eventsAbout(cluster, namespace, subjects, type = 'Warning') {
    const resource = await cluster.resourceFor('v1', 'Event').catch(() => undefined);
    if (!resource || subjects.length === 0)
        return [];
    const [only] = subjects;
    const selectors = [
        ...(type === 'Warning' ? ['type=Warning'] : []),
        ...(subjects.length === 1 && only ? [`involvedObject.kind=${only.kind}`, `involvedObject.name=${only.name}`] : [])
    ];
    try {
        const { items } = await cluster.list(resource, {
            namespace: namespace || 'default',
            ...(selectors.length > 0 ? { fieldSelector: selectors.join(',') } : {})
        });
        return items
            .map(readEvent)
            .filter((event) => subjects.some((subject) => isAbout(event, subject)))
            .sort((a, b) => a.last - b.last);
    }
    catch {
        return [];
    }
}
/** One line per different event, newest last: `Pod web-1: BackOff: Back-off restarting failed container (7 times)`. */
function eventLines(events, limit = 12) {
    const merged = new Map();
    for (const event of events) {
        const key = `${event.object.kind} ${event.reason} ${withoutNames(event)}`;
        const known = merged.get(key);
        merged.delete(key); // put last again: the order is that of the last occurrence
        const objects = (known?.objects ?? new Set()).add(event.object.name);
        merged.set(key, { ...event, count: event.count + (known?.count ?? 0), objects });
    }
    return [...merged.values()].slice(-limit).map(({ object, reason, message, count, objects }) => {
        const who = objects.size > 1 ? `${objects.size} ${object.kind}s` : `${object.kind} ${object.name}`;
        return `${who}: ${reason}: ${status_clause(tidy(message))}${count > 1 ? ` (${count} times)` : ''}`;
    });
}
/** A message without what only machines read: UIDs, and the scheduler's word on preemption after its reason. */
function tidy(message) {
    return message
        .replaceAll(/\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g, '')
        .replace(/\. (no new claims to deallocate|preemption:).*$/, '');
}
/** A message without what differs between the pods of one workload. */
function withoutNames(event) {
    return event.message
        .replaceAll(event.object.name, '…')
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
        .replaceAll(/[-\w]+-[a-z0-9]{5}\b/g, '…');
}
function isAbout(event, subject) {
    if (event.object.kind !== subject.kind || event.object.name !== subject.name)
        return false;
    return event.object.uid === '' || subject.uid === '' || event.object.uid === subject.uid;
}
function readEvent(event) {
    const about = (0,json/* asObject */.eB)(event['involvedObject']) ?? (0,json/* asObject */.eB)(event['regarding']);
    const times = [
        stringAt(event, 'series', 'lastObservedTime'),
        stringAt(event, 'lastTimestamp'),
        stringAt(event, 'eventTime'),
        stringAt(event, 'metadata', 'creationTimestamp')
    ];
    const last = times.map((time) => Date.parse(time)).find((time) => !Number.isNaN(time)) ?? 0;
    return {
        object: { kind: stringAt(about, 'kind'), name: stringAt(about, 'name'), uid: stringAt(about, 'uid') },
        type: stringAt(event, 'type'),
        reason: stringAt(event, 'reason'),
        message: stringAt(event, 'message') || stringAt(event, 'note'),
        count: (0,json.at)(event, 'series') ? integerAt(event, 1, 'series', 'count') : Math.max(1, integerAt(event, 1, 'count')),
        last
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/pods.js



/** How long a pod may be unschedulable before that counts as a failure: autoscalers need a moment. */
const SCHEDULING_GRACE_MS = 30_000;
/** Waiting reasons that say that the image cannot be had. */
const IMAGE_PROBLEMS = new Set([
    'ImagePullBackOff',
    'ErrImagePull',
    'InvalidImageName',
    'ErrImageNeverPull',
    'ImageInspectError',
    'RegistryUnavailable'
]);
/** Waiting reasons that say that the container cannot be made: a missing ConfigMap or Secret, a bad command. */
const CREATE_PROBLEMS = new Set([
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
    'PreCreateHookError',
    'PostStartHookError'
]);
/**
 * A pod that is to run is healthy when it is ready; one that is to end (restartPolicy Never or OnFailure) when it has
 * succeeded, unless it says with Argo CD's annotation that it is a service after all.
 */
function podHealth(object, now) {
    const containers = containersOf(object);
    const isService = isLongRunning(object);
    const phase = stringAt(object, 'status', 'phase');
    if (phase === 'Succeeded')
        return healthy('Completed successfully');
    if (phase === 'Failed')
        return degraded(pods_failureOf(object, containers));
    const ready = conditionOf(object, 'Ready');
    if (isService && ready?.status === 'True')
        return healthy('Running and ready');
    const stuck = containers.find((container) => isStuck(container, isService));
    if (stuck)
        return degraded(describeContainer(stuck));
    const scheduled = conditionOf(object, 'PodScheduled');
    if (scheduled?.status === 'False') {
        const since = Date.parse(scheduled.lastTransitionTime || stringAt(object, 'metadata', 'creationTimestamp'));
        const message = `Not scheduled: ${status_clause(tidy(scheduled.message || scheduled.reason || 'no node found yet'))}`;
        const isLate = scheduled.reason === 'Unschedulable' && !(now.getTime() - since < SCHEDULING_GRACE_MS);
        return isLate ? degraded(message) : progressing(message);
    }
    if (phase === '')
        return progressing('Not seen by the scheduler or the kubelet yet');
    const waiting = containers.find((container) => container.waiting || (container.init && container.running));
    if (waiting)
        return progressing(describeContainer(waiting));
    if (phase === 'Running' && !isService)
        return progressing('Running; it is to run to its end');
    const unready = containers.find((container) => !container.ready && !container.init);
    if (unready)
        return progressing(describeContainer(unready));
    return progressing(ready?.message ? `Not ready: ${status_clause(ready.message)}` : phase === 'Pending' ? 'Starting' : 'Running, not ready yet');
}
/** Whether a pod is meant to run on, rather than to its end. */
function isLongRunning(object) {
    const policy = stringAt(object, 'spec', 'restartPolicy');
    if (policy !== 'Never' && policy !== 'OnFailure')
        return true;
    return (annotationOf(object, 'argocd.argoproj.io/ignore-restart-policy') === 'true' &&
        annotationOf(object, 'argocd.argoproj.io/hook') === undefined &&
        annotationOf(object, 'helm.sh/hook') === undefined);
}
/** A state that somebody has to look at, though Kubernetes goes on trying. A single crash is none. */
function isStuck(container, isService) {
    const reason = container.waiting?.reason ?? '';
    if (IMAGE_PROBLEMS.has(reason) || CREATE_PROBLEMS.has(reason))
        return true;
    if (!isService)
        return false;
    if (reason === 'CrashLoopBackOff')
        return true;
    return !container.init && container.ended !== undefined && container.ended.exitCode !== 0 && container.restarts > 0;
}
/** Why a pod failed: its own reason (`Evicted`, `DeadlineExceeded`), else the container that did. */
function pods_failureOf(object, containers) {
    const reason = stringAt(object, 'status', 'reason');
    const message = stringAt(object, 'status', 'message');
    if (reason !== '' || message !== '')
        return `Failed: ${[reason, status_clause(message)].filter(Boolean).join(': ')}`;
    const container = containers.find((one) => one.ended !== undefined && one.ended.exitCode !== 0);
    return container ? describeContainer(container) : 'Failed';
}
/** `container web exited with code 1 (CrashLoopBackOff, 3 restarts): panic: no configuration`. */
function describeContainer(container) {
    const name = `${container.init ? 'init container' : 'container'} ${container.name}`;
    const { waiting, ended, lastEnded, restarts } = container;
    const end = ended ?? lastEnded;
    const wait = waiting?.reason ?? '';
    const isBack = container.running && !container.ready && lastEnded !== undefined && lastEnded.exitCode !== 0;
    if (end && (wait === 'CrashLoopBackOff' || isBack || (ended && (ended.exitCode !== 0 || restarts > 0)))) {
        const notes = [
            wait,
            end.reason === 'Error' || end.reason === 'Completed' || end.reason === '' ? '' : end.reason,
            restarts > 0 ? count(restarts, 'restart') : ''
        ].filter(Boolean);
        const how = end.signal > 0 ? `was ended by signal ${end.signal}` : `exited with code ${end.exitCode}`;
        const said = status_clause(end.message);
        const now = isBack ? ', runs again and is not ready' : '';
        return `${name} ${how}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}${now}${said ? `: ${said}` : ''}`;
    }
    if (waiting) {
        const message = status_clause(waiting.message);
        if (IMAGE_PROBLEMS.has(wait))
            return `${name} cannot get its image (${wait})${message ? `: ${message}` : ''}`;
        if (CREATE_PROBLEMS.has(wait))
            return `${name} cannot be started (${wait})${message ? `: ${message}` : ''}`;
        if (wait === '' || wait === 'ContainerCreating' || wait === 'PodInitializing')
            return `${name} is being started`;
        return `${name} is waiting (${wait})${message ? `: ${message}` : ''}`;
    }
    const after = restarts > 0 ? ` after ${count(restarts, 'restart')}` : '';
    if (container.init && container.running)
        return `${name} is running${after}`;
    return `${name} is running${after} but not ready`;
}
/** The containers of a pod as they are, init containers first. */
function containersOf(object) {
    const read = (list, init) => ((0,json/* asList */.DD)(list) ?? []).map((container) => stateOf(container, init));
    return [
        ...read((0,json.at)(object, 'status', 'initContainerStatuses'), true),
        ...read((0,json.at)(object, 'status', 'containerStatuses'), false)
    ];
}
function stateOf(container, init) {
    const waiting = (0,json/* asObject */.eB)((0,json.at)(container, 'state', 'waiting'));
    const ended = endOf((0,json.at)(container, 'state', 'terminated'));
    const lastEnded = endOf((0,json.at)(container, 'lastState', 'terminated'));
    return {
        name: stringAt(container, 'name'),
        init,
        ready: (0,json.at)(container, 'ready') === true,
        restarts: integerAt(container, 0, 'restartCount'),
        running: (0,json/* asObject */.eB)((0,json.at)(container, 'state', 'running')) !== undefined,
        ...(waiting ? { waiting: { reason: stringAt(waiting, 'reason'), message: stringAt(waiting, 'message') } } : {}),
        ...(ended ? { ended } : {}),
        ...(lastEnded ? { lastEnded } : {})
    };
}
function endOf(value) {
    const ended = (0,json/* asObject */.eB)(value);
    if (ended === undefined)
        return undefined;
    return {
        exitCode: asInteger(ended['exitCode']) ?? 0,
        signal: integerAt(ended, 0, 'signal'),
        reason: stringAt(ended, 'reason'),
        message: stringAt(ended, 'message')
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/services.js


/** A load balancer needs an address, unless one is declared (`externalIPs`) or the caller does not ask for it. */
function serviceHealth(object, options) {
    if (stringAt(object, 'spec', 'type') !== 'LoadBalancer')
        return healthy('A Service needs no further reconciling');
    const addresses = addressesOf(object);
    if (addresses !== '')
        return healthy(`The load balancer has the address ${addresses}`);
    if (((0,json/* asList */.DD)((0,json.at)(object, 'spec', 'externalIPs')) ?? []).length > 0)
        return healthy('It has external addresses of its own');
    return options.loadBalancers === 'optional'
        ? healthy('The load balancer has no address yet, which is not asked for')
        : progressing('The load balancer has no address yet');
}
/** Many ingress controllers never publish an address, so its absence says nothing. */
function ingressHealth(object) {
    const addresses = addressesOf(object);
    return healthy(addresses === '' ? 'Accepted; no controller has published an address' : `Served at ${addresses}`);
}
function addressesOf(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'loadBalancer', 'ingress')) ?? [])
        .map((entry) => (0,json/* asString */.oJ)((0,json.at)(entry, 'hostname')) ?? (0,json/* asString */.oJ)((0,json.at)(entry, 'ip')) ?? 'unnamed')
        .join(', ');
}
/** Scaling failures by condition type and reason; `FailedGetScale` is the one that never mends by itself. */
const services_AUTOSCALER_FAILURES = new Set([
    'AbleToScale FailedGetScale',
    'AbleToScale FailedUpdateScale',
    'ScalingActive FailedGetResourceMetric',
    'ScalingActive FailedGetContainerResourceMetric',
    'ScalingActive FailedGetObjectMetric',
    'ScalingActive FailedGetPodsMetric',
    'ScalingActive FailedGetExternalMetric',
    'ScalingActive FailedComputeMetricsReplicas',
    'ScalingActive InvalidMetricSourceType',
    'ScalingActive InvalidSelector',
    'ScalingActive AmbiguousSelector'
]);
function autoscalerHealth(object) {
    const conditions = autoscalerConditions(object);
    const failed = conditions.find((one) => services_AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`));
    if (failed)
        return degraded(`Cannot scale: ${reasonOf(failed)}`);
    const able = conditions.find((one) => one.type === 'AbleToScale');
    if (able?.status === 'True')
        return healthy(reasonOf(able) || 'Able to scale its target');
    if (conditions.some((one) => one.type === 'ScalingLimited' && one.status === 'True'))
        return healthy('Scaling is held at its limit');
    return progressing(able ? `Not able to scale yet: ${reasonOf(able)}` : 'The autoscaler has not looked at its target yet');
}
/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function autoscalerConditions(object) {
    const conditions = conditionsOf(object);
    const text = annotationOf(object, 'autoscaling.alpha.kubernetes.io/conditions');
    if (conditions.length > 0 || text === undefined)
        return conditions;
    try {
        return conditionsIn((0,json/* parseJson */.qF)(text));
    }
    catch {
        return [];
    }
}
function apiServiceHealth(object) {
    const available = conditionOf(object, 'Available');
    if (available === undefined)
        return progressing('The API server has not checked the service behind it yet');
    return available.status === 'True'
        ? healthy('The API is served')
        : progressing(`The API is not served: ${reasonOf(available)}`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/workloads.js


/**
 * As `kubectl rollout status` judges it, and with the failures that the controller reports. Counts of updated pods
 * come first: old pods that are all ready say nothing about a new revision that cannot start.
 */
function deploymentHealth(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return suspended('The rollout is paused (spec.paused is true)');
    if (isUnobserved(object))
        return progressing('The deployment controller has not seen the latest change yet');
    const rollout = conditionOf(object, 'Progressing');
    const refused = workloads_refusalOf(object);
    if (rollout?.reason === 'ProgressDeadlineExceeded')
        return degraded(`The rollout made no progress within ${integerAt(object, 600, 'spec', 'progressDeadlineSeconds')} s: ${refused ?? reasonOf(rollout)}`);
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const updated = integerAt(object, 0, 'status', 'updatedReplicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    if (updated < declared)
        return progressing(refused ? `Pods cannot be created: ${refused}` : `${share(updated, declared, 'new pod')} created`);
    if (replicas > updated)
        return progressing(`${count(replicas - updated, 'old pod')} not yet terminated`);
    if (available < updated)
        return progressing(`${share(available, updated, 'new pod')} available`);
    if (integerAt(object, 0, 'status', 'readyReplicas') < declared)
        return progressing(`${share(integerAt(object, 0, 'status', 'readyReplicas'), declared, 'pod')} ready`);
    const availability = conditionOf(object, 'Available');
    if (availability?.status === 'False')
        return progressing(`Not available: ${reasonOf(availability)}`);
    return healthy(declared === 0 ? 'Scaled to zero, as declared' : `${every(declared, 'pod')} available`);
}
function statefulSetHealth(object) {
    if (isUnobserved(object))
        return progressing('The stateful set controller has not seen the latest change yet');
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    if (ready < declared)
        return progressing(`${share(ready, declared, 'pod')} ready`);
    if (replicas > declared)
        return progressing(`${count(replicas - declared, 'surplus pod')} not yet terminated`);
    if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return healthy(`${every(declared, 'pod')} ready; each takes a new revision only when it is deleted (OnDelete)`);
    const updateRevision = stringAt(object, 'status', 'updateRevision');
    const isOneRevision = updateRevision === stringAt(object, 'status', 'currentRevision');
    const updated = asInteger((0,json.at)(object, 'status', 'updatedReplicas')) ?? (isOneRevision ? ready : 0);
    const partition = integerAt(object, 0, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    const wanted = Math.max(0, declared - partition);
    if (updated < wanted)
        return progressing(`${share(updated, wanted, 'pod')} updated${updateRevision === '' ? '' : ` to revision ${updateRevision}`}`);
    if (partition === 0 && !isOneRevision)
        return progressing(`The update to revision ${updateRevision} is not complete`);
    const minimum = integerAt(object, 0, 'spec', 'minReadySeconds');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    if (minimum > 0 && available < declared)
        return progressing(`${share(available, declared, 'pod')} ready for at least ${minimum} s`);
    if (declared === 0)
        return healthy('Scaled to zero, as declared');
    return healthy(partition > 0
        ? `${every(declared, 'pod')} ready, ${wanted} of them at the new revision as the partition ${partition} asks`
        : `${every(declared, 'pod')} ready`);
}
function daemonSetHealth(object) {
    if (isUnobserved(object))
        return progressing('The daemon set controller has not seen the latest change yet');
    const desired = integerAt(object, 0, 'status', 'desiredNumberScheduled');
    const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled');
    const available = integerAt(object, 0, 'status', 'numberAvailable');
    const isOnDelete = stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
    if (!isOnDelete && updated < desired)
        return progressing(`${share(updated, desired, 'pod')} updated`);
    if (available < desired)
        return progressing(`${share(available, desired, 'pod')} available`);
    if (desired === 0)
        return healthy('No node matches, so no pod is wanted');
    return healthy(isOnDelete
        ? `${every(desired, 'pod')} available; each takes a new revision only when it is deleted (OnDelete)`
        : `${every(desired, 'pod')} available`);
}
/** ReplicaSets and ReplicationControllers. */
function replicaSetHealth(object) {
    if (isUnobserved(object))
        return progressing(`The controller has not seen the latest change yet`);
    const refused = workloads_refusalOf(object);
    if (refused)
        return degraded(`Pods cannot be created: ${refused}`);
    const declared = integerAt(object, 1, 'spec', 'replicas');
    const replicas = integerAt(object, 0, 'status', 'replicas');
    const ready = integerAt(object, 0, 'status', 'readyReplicas');
    const available = integerAt(object, 0, 'status', 'availableReplicas');
    // Without minReadySeconds a pod that is ready is available.
    const usable = integerAt(object, 0, 'spec', 'minReadySeconds') > 0 ? available : Math.max(ready, available);
    if (usable < declared)
        return progressing(`${share(usable, declared, 'pod')} available`);
    if (replicas > declared)
        return progressing(`${count(replicas - declared, 'surplus pod')} not yet terminated`);
    return healthy(declared === 0 ? 'Scaled to zero, as declared' : `${every(declared, 'pod')} available`);
}
/** The controllers of these kinds always report the generation that they have seen. */
function isUnobserved(object) {
    const observed = asInteger((0,json.at)(object, 'status', 'observedGeneration'));
    const generation = asInteger((0,json.at)(object, 'metadata', 'generation'));
    if (observed === undefined)
        return generation !== undefined || (0,json/* asObject */.eB)(object['status']) === undefined;
    return generation !== undefined && observed < generation;
}
/** Why the API server refuses the pods of a workload (quota, admission), or undefined. */
function workloads_refusalOf(object) {
    const failure = conditionOf(object, 'ReplicaFailure');
    return failure?.status === 'True' ? status_clause(failure.message || failure.reason) : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/assess.js












/**
 * Our own rules, by `group/Kind`: the strength of Argo CD's (a Job is done when it is complete, a load balancer has an
 * address, an autoscaler can scale) without what makes them wait forever (an Ingress whose controller publishes no
 * address), and the failures that kstatus does not see (a failed Pod, a rollout that is refused its pods).
 */
const assess_RULES = {
    'apps/Deployment': deploymentHealth,
    'apps/StatefulSet': statefulSetHealth,
    'apps/DaemonSet': daemonSetHealth,
    'apps/ReplicaSet': replicaSetHealth,
    '/ReplicationController': replicaSetHealth,
    '/Pod': (object, { now }) => podHealth(object, now),
    'batch/Job': jobHealth,
    'batch/CronJob': cronJobHealth,
    '/Service': serviceHealth,
    'networking.k8s.io/Ingress': ingressHealth,
    'extensions/Ingress': ingressHealth,
    'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
    'apiregistration.k8s.io/APIService': apiServiceHealth,
    'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
    '/PersistentVolumeClaim': claimHealth,
    '/PersistentVolume': volumeHealth,
    '/Namespace': namespaceHealth,
    'policy/PodDisruptionBudget': budgetHealth,
    'certificates.k8s.io/CertificateSigningRequest': requestHealth
};
/** The API groups that Kubernetes itself serves; everything else is a custom resource or an aggregated API. */
const BUILT_IN_GROUPS = new Set([
    '',
    'apps',
    'batch',
    'autoscaling',
    'policy',
    'extensions',
    ...[
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
    ].map((name) => `${name}.k8s.io`)
]);
/** Whether Kubernetes itself serves an API group. */
function isBuiltIn(group) {
    return BUILT_IN_GROUPS.has(group);
}
/**
 * The health of an object by its own fields, with the reason as a sentence; null where the profile assesses nothing.
 * Pure: nothing is read but the object. Total: a malformed object gives an answer too.
 */
function assessHealth(object, options = {}) {
    const now = options.now ?? new Date();
    switch (options.profile ?? 'default') {
        case 'argo':
            return assessAsArgo(object);
        case 'kstatus':
            return assessAsKStatus(object, now);
        case 'default':
            return assessByOwnRules(object, { ...options, now });
    }
}
function assessByOwnRules(object, options) {
    if ((0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
        return deletionHealth(object);
    const own = options.checks?.assess(object);
    if (own)
        return own;
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const rule = assess_RULES[`${group}/${object.kind}`];
    if (rule)
        return rule(object, options);
    if (isBuiltIn(group)) {
        const computed = computeStatus(object, { now: options.now });
        return computed.message === 'Resource is current'
            ? healthy('In place; objects of this kind need no reconciling')
            : { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) };
    }
    return (options.operators === false ? undefined : operatorHealth(object)) ?? customResourceHealth(object);
}
/**
 * How we say what kstatus says. An object that is being deleted is Progressing, as in Argo CD; NotFound never comes
 * from an object at hand.
 */
const STATUS_WORDS = {
    Current: 'Healthy',
    InProgress: 'Progressing',
    Failed: 'Degraded',
    Terminating: 'Progressing',
    NotFound: 'Missing',
    Unknown: 'Unknown'
};
function assessAsKStatus(object, now) {
    const computed = computeStatus(object, { now });
    return { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) };
}
/**
 * Kinds that are as good as they get once they exist: no rule of ours looks at their status. A wait need not read
 * them.
 */
function isReadyOnceThere(ref, checks) {
    const group = (0,render_manifest/* groupOf */.F8)(ref);
    if (checks?.covers(ref))
        return false;
    return isBuiltIn(group) && !READ_KINDS.has(`${group}/${ref.kind}`);
}
/** Our rules, without those that always say Healthy. */
const READ_KINDS = new Set(Object.keys(assess_RULES).filter((key) => !/Ingress$|PodDisruptionBudget$/.test(key)));

// EXTERNAL MODULE: ../node_modules/yaml/dist/index.js
var dist = __webpack_require__(6637);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/checks/index.js




const checks_EXPRESSIONS = ['suspended', 'degraded', 'progressing', 'healthy', 'message'];
/** Prepares rules. The expression engine is loaded only when there are any. */
async function checks_compileHealthChecks(rules) {
    const { Environment } = await __webpack_require__.e(/* import() */ 963).then(__webpack_require__.bind(__webpack_require__, 9963));
    const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2_000, maxDepth: 60 } });
    const problems = [];
    const compiled = rules.map((rule, index) => {
        const programs = new Map();
        for (const expression of checks_EXPRESSIONS) {
            const text = rule[expression];
            if (text === undefined)
                continue;
            try {
                const program = environment.parse(text);
                const type = program.check().type;
                const wanted = expression === 'message' ? 'string' : 'bool';
                if (type !== undefined && type !== wanted && type !== 'dyn')
                    problems.push({ index, expression, offset: 0, message: `gives ${type}, but must give ${wanted}` });
                programs.set(expression, (context) => program(context));
            }
            catch (error) {
                problems.push({ index, expression, ...problemOf(error) });
            }
        }
        return { rule, programs, group: pattern(rule.group ?? ''), kind: pattern(rule.kind) };
    });
    const find = (object) => compiled.find((one) => one.group.test(groupOf(object)) && one.kind.test(object.kind));
    return {
        problems,
        checks: {
            covers: (object) => find(object) !== undefined,
            assess(object) {
                const found = find(object);
                return found && (staleGeneration(object) ?? checks_ask(found.programs, object));
            }
        }
    };
}
const MAKE = {
    suspended: suspended,
    degraded: degraded,
    progressing: progressing,
    healthy: healthy
};
function checks_ask(programs, object) {
    const context = {
        apiVersion: object['apiVersion'],
        kind: object['kind'],
        metadata: celOf(object['metadata']) ?? {},
        spec: celOf(object['spec']) ?? {},
        status: celOf(object['status']) ?? {},
        self: celOf(object)
    };
    const problems = [];
    const run = (expression) => {
        try {
            return programs.get(expression)?.(context);
        }
        catch (error) {
            problems.push(`${expression}: ${problemOf(error).message}`);
            return undefined;
        }
    };
    const holds = ['suspended', 'degraded', 'progressing', 'healthy'].find((one) => run(one) === true);
    const status = holds ?? (programs.has('healthy') ? 'progressing' : 'healthy');
    const told = run('message');
    const own = typeof told === 'string' && told !== '' ? clause(told) : undefined;
    const default_ = holds
        ? `The health check says ${holds}`
        : `No expression of the health check holds${notes(problems)}`;
    return MAKE[status](own ?? default_);
}
/** A field that is missing makes an expression neither true nor false; the reader should know which. */
function notes(problems) {
    return problems.length === 0 ? '' : ` (${problems.join('; ')})`;
}
/** JSON as CEL knows it: whole numbers are integers. */
function celOf(value) {
    if (typeof value === 'number' && Number.isSafeInteger(value))
        return BigInt(value);
    if (Array.isArray(value))
        return value.map(celOf);
    if (isObject(value))
        return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, celOf(child)]));
    return value ?? null;
}
/** The first line of the engine's message; what follows draws the expression. */
function problemOf(error) {
    const text = error instanceof Error ? error.message : String(error);
    const node = error instanceof Error && 'node' in error ? error.node : undefined;
    const offset = isObject(node) && typeof node['start'] === 'number' ? node['start'] : 0;
    return { message: clause(text.split('\n')[0] ?? ''), offset };
}
function pattern(glob) {
    const escaped = glob
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    return new RegExp(`^${escaped}$`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/checks/read.js



const KEYS = ['group', 'kind', ...checks_EXPRESSIONS];
/** What Flux calls the same (`healthCheckExprs`). */
const FOREIGN = {
    current: 'healthy',
    inProgress: 'progressing',
    failed: 'degraded',
    apiVersion: 'group'
};
/**
 * Reads the rules of a health checks file: a YAML list of `{group, kind, healthy, degraded, progressing, suspended,
 * message}`.
 * @param file as it shall be named in errors
 * @throws GitOpsError with the place of every error
 */
async function readHealthChecks(text, file) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const issues = [];
    const report = (offset, message) => {
        const { line, col } = lines.linePos(offset);
        issues.push({ place: { file, line, column: col }, message });
    };
    for (const error of document.errors)
        report(error.pos[0], error.message);
    const rules = [];
    if (issues.length === 0 && document.contents !== null) {
        if (!isSeq(document.contents))
            report(startOf(document.contents), 'must be a list of rules');
        else
            for (const item of document.contents.items) {
                const read = readRule(item, report);
                if (read)
                    rules.push(read);
            }
    }
    const { checks, problems } = await compileHealthChecks(rules.map(({ rule }) => rule));
    for (const { index, expression, message, offset } of problems) {
        const node = rules[index]?.nodes.get(expression);
        // Inside a quoted or folded scalar the offset of the expression is not that of the file.
        const shift = isScalar(node) && node.type === 'PLAIN' ? offset : 0;
        report(startOf(node) + shift, `${expression}: ${message}`);
    }
    if (issues.length === 0)
        return checks;
    throw new GitOpsError(issues.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`)[0] ?? file, {
        details: issues.slice(1).map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`),
        annotations: issues,
        hint: "A rule looks like this: {group: example.com, kind: Widget, healthy: status.phase == 'Ready'}."
    });
}
function readRule(item, report) {
    if (!isMap(item))
        return report(startOf(item), 'a rule must be a mapping');
    const values = new Map();
    const nodes = new Map();
    let isGood = true;
    for (const { key: keyNode, value } of item.items) {
        const name = isScalar(keyNode) ? String(keyNode.value) : '';
        const key = KEYS.find((one) => one === name);
        if (key === undefined) {
            const instead = Object.hasOwn(FOREIGN, name) ? ` Write "${FOREIGN[name]}" instead.` : '';
            report(startOf(keyNode), `unknown key "${name}".${instead} Allowed here: ${KEYS.join(', ')}`);
            isGood = false;
        }
        else if (!isScalar(value) || typeof value.value !== 'string' || (value.value.trim() === '' && key !== 'group')) {
            report(startOf(value ?? keyNode), `${key} must be a text`);
            isGood = false;
        }
        else {
            values.set(key, value.value);
            nodes.set(key, value);
        }
    }
    const kind = values.get('kind');
    if (kind === undefined && isGood)
        return report(startOf(item), '"kind" is missing');
    const hasVerdict = EXPRESSIONS.some((one) => one !== 'message' && values.has(one));
    if (!hasVerdict && isGood)
        return report(startOf(item), 'says nothing about health: add "healthy", "degraded", "progressing" or "suspended"');
    if (!isGood || kind === undefined)
        return undefined;
    return { rule: { ...Object.fromEntries(values), kind }, nodes };
}
function startOf(node) {
    return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
        ? Number(node.range[0])
        : 0;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/related.js




/** Kinds of Kubernetes itself that run pods of their own. */
const POD_RUNNERS = new Set([
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    '/ReplicationController',
    'batch/Job'
]);
/** Whether an object runs pods that can be found by its selector. */
function runsPods(object) {
    return POD_RUNNERS.has(`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`);
}
/** Whether an object is a single pod. */
function isPod(object) {
    return object.apiVersion === 'v1' && object.kind === 'Pod';
}
/** `spec.selector` as the API takes it for a list; undefined where the object has none. */
function selectorOf(object) {
    const selector = (0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'selector'));
    if (selector === undefined)
        return undefined;
    // A ReplicationController's selector is a plain map.
    const isMap = selector['matchLabels'] === undefined && selector['matchExpressions'] === undefined;
    const labels = isMap ? selector : ((0,json/* asObject */.eB)(selector['matchLabels']) ?? {});
    const parts = Object.entries(labels).map(([key, value]) => `${key}=${(0,json/* asString */.oJ)(value) ?? ''}`);
    for (const expression of (0,json/* asList */.DD)(selector['matchExpressions']) ?? []) {
        const key = stringAt(expression, 'key');
        const values = ((0,json/* asList */.DD)((0,json.at)(expression, 'values')) ?? []).map(String).join(',');
        const operator = stringAt(expression, 'operator');
        if (operator === 'In')
            parts.push(`${key} in (${values})`);
        else if (operator === 'NotIn')
            parts.push(`${key} notin (${values})`);
        else
            parts.push(operator === 'DoesNotExist' ? `!${key}` : key);
    }
    return parts.length === 0 ? undefined : parts.join(',');
}
/** The UID of the controller that owns an object, or undefined. */
function controllerOf(object) {
    const owners = (0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'ownerReferences')) ?? [];
    const owner = owners.find((one) => (0,json.at)(one, 'controller') === true) ?? owners[0];
    return (0,json/* asString */.oJ)((0,json.at)(owner, 'uid'));
}
/** Objects by the UID of their controller. */
function byController(objects) {
    const groups = Map.groupBy(objects, controllerOf);
    return (uid) => groups.get(uid) ?? [];
}
/**
 * The ReplicaSet of a Deployment's present template: found as the deployment controller finds it, by an equal pod
 * template; else by the revision that the Deployment names.
 */
function newestReplicaSet(deployment, replicaSets) {
    const own = replicaSets(uidOf(deployment));
    const template = (0,json.at)(deployment, 'spec', 'template');
    const equal = own
        .filter((one) => (0,external_node_util_.isDeepStrictEqual)(withoutHash((0,json.at)(one, 'spec', 'template')), withoutHash(template)))
        .sort((a, b) => createdAt(a) - createdAt(b));
    if (equal[0])
        return equal[0];
    if (!isObserved(deployment))
        return undefined;
    const revision = annotationOf(deployment, REVISION);
    return own.find((one) => revision !== undefined && annotationOf(one, REVISION) === revision);
}
const REVISION = 'deployment.kubernetes.io/revision';
function withoutHash(template) {
    const labels = (0,json/* asObject */.eB)((0,json.at)(template, 'metadata', 'labels'));
    if (!labels?.['pod-template-hash'])
        return template;
    const { 'pod-template-hash': _, ...rest } = labels;
    return { ...(0,json/* asObject */.eB)(template), metadata: { ...(0,json/* asObject */.eB)((0,json.at)(template, 'metadata')), labels: rest } };
}
/**
 * The pods that belong to the present revision of a workload: those that a rollout is about. An old pod that crashes
 * while a good new revision replaces it is not among them. Until the controller has seen the latest change there is
 * no such revision.
 */
function podsOfRevision(workload, pods, replicaSets) {
    if (isPod(workload))
        return [workload];
    if (!isObserved(workload))
        return [];
    const uid = uidOf(workload);
    switch (workload.kind) {
        case 'Deployment': {
            const newest = newestReplicaSet(workload, replicaSets);
            return newest ? remaining(pods(uidOf(newest))) : [];
        }
        case 'StatefulSet': {
            const revision = stringAt(workload, 'status', 'updateRevision');
            const own = remaining(pods(uid));
            const updated = own.filter((pod) => labelOf(pod, 'controller-revision-hash') === revision);
            // With OnDelete nothing is rolled out: all pods count.
            return stringAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || revision === '' ? own : updated;
        }
        case 'DaemonSet': {
            const generation = annotationOf(workload, 'deprecated.daemonset.template.generation');
            const own = remaining(pods(uid));
            if (stringAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || generation === undefined)
                return own;
            const updated = own.filter((pod) => labelOf(pod, 'pod-template-generation') === generation);
            // Pods of an earlier, equal template are kept: they carry the hash of those that are known to be updated.
            const hash = updated[0] && labelOf(updated[0], 'controller-revision-hash');
            return hash === undefined ? updated : own.filter((pod) => labelOf(pod, 'controller-revision-hash') === hash);
        }
        default:
            return remaining(pods(uid));
    }
}
function remaining(pods) {
    return pods.filter((pod) => (0,json.at)(pod, 'metadata', 'deletionTimestamp') == null);
}
/** Whether the controller has seen the latest change; true for kinds that do not report it. */
function isObserved(object) {
    const generation = integerAt(object, 0, 'metadata', 'generation');
    return integerAt(object, generation, 'status', 'observedGeneration') >= generation;
}
function uidOf(object) {
    return stringAt(object, 'metadata', 'uid');
}
function labelOf(object, name) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'labels', name));
}
/** `metadata.creationTimestamp` in milliseconds; NaN when it is missing. */
function createdAt(object) {
    return Date.parse(stringAt(object, 'metadata', 'creationTimestamp'));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/family.js


const NOBODY = { between: [], pods: [] };
/**
 * Finds the pods of an object: by its selector for workloads of Kubernetes itself, by the chain of owners for
 * anything else (custom resources). Empty where they cannot be read.
 */
async function familyOf(cluster, object) {
    const namespace = stringAt(object, 'metadata', 'namespace');
    if (isPod(object))
        return { between: [], pods: [object] };
    if (namespace === '' || uidOf(object) === '')
        return NOBODY;
    return runsPods(object) ? workloadFamily(cluster, object, namespace) : ownedFamily(cluster, object, namespace);
}
async function workloadFamily(cluster, workload, namespace) {
    const labelSelector = selectorOf(workload);
    if (labelSelector === undefined)
        return NOBODY;
    const scope = { namespace, labelSelector };
    const [pods, replicaSets] = await Promise.all([
        listQuietly(cluster, 'v1', 'Pod', scope),
        workload.kind === 'Deployment' ? listQuietly(cluster, 'apps/v1', 'ReplicaSet', scope) : []
    ]);
    const owned = byController(replicaSets);
    const newest = workload.kind === 'Deployment' ? newestReplicaSet(workload, owned) : undefined;
    return { between: newest ? [newest] : [], pods: podsOfRevision(workload, byController(pods), owned) };
}
/** Kinds that may stand between a custom resource and its pods, each after those that may own it. */
const BETWEEN = [
    ['batch/v1', 'CronJob'],
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'DaemonSet'],
    ['batch/v1', 'Job'],
    ['apps/v1', 'ReplicaSet']
];
async function ownedFamily(cluster, object, namespace) {
    const scope = { namespace };
    const [pods, ...levels] = await Promise.all([
        listQuietly(cluster, 'v1', 'Pod', scope),
        ...BETWEEN.map(([apiVersion, kind]) => listQuietly(cluster, apiVersion, kind, scope))
    ]);
    const owners = new Set([uidOf(object)]);
    const between = [];
    for (const candidate of levels.flat()) {
        if (!owners.has(controllerOf(candidate) ?? ''))
            continue;
        owners.add(uidOf(candidate));
        between.push(candidate);
    }
    return { between, pods: pods.filter((pod) => owners.has(controllerOf(pod) ?? '')) };
}
/** A list for a luxury: empty when it may not, or cannot, be read. */
async function listQuietly(cluster, apiVersion, kind, scope) {
    try {
        const resource = await cluster.resourceFor(apiVersion, kind);
        return resource ? (await cluster.list(resource, scope)).items : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/text.js
/** Longest line of a log or an event in a report. */
const LONGEST_LINE = 300;
/** What terminals interpret: CSI, OSC and other escape sequences (ECMA-48). */
const ESCAPES = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[@-Z\\-_])|\u009b[0-?]*[ -/]*[@-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/**
 * Untrusted text as lines that are safe to print: escape sequences, control and direction characters removed, long
 * lines cut, known secret values masked. Empty lines at the end are dropped.
 */
function safeLines(text, redact = []) {
    return masked(text.replaceAll(ESCAPES, ''), redact)
        .split(/\r\n|\n|\r/)
        .map((line) => line.replaceAll(CONTROLS, '').replaceAll('\t', '  ').trimEnd())
        .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line))
        .filter((line, index, lines) => line !== '' || lines.slice(index).some((later) => later !== ''));
}
/** Untrusted text as one safe line. */
function safeLine(text, redact = []) {
    return masked(text.replaceAll(ESCAPES, ''), redact).replaceAll(/\s+/g, ' ').replaceAll(CONTROLS, '').trim();
}
/** Every known secret value by `***`. Longest first, so that no rest of a longer one stays. */
function masked(text, redact) {
    let result = text;
    // Very short values would mask half of every word and hide nothing.
    for (const value of redact.toSorted((a, b) => b.length - a.length))
        if (value.trim().length >= 4)
            result = result.replaceAll(value, '***');
    return result;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/diagnose.js









/**
 * Why an object is not healthy, told so that nobody has to open the cluster: its worst pod, the container, how it
 * ended, its last log lines, the warning events. Never fails: what cannot be read is left out.
 */
async function diagnose(cluster, object, options = {}) {
    const now = options.now ?? new Date();
    const redact = options.redact ?? [];
    const family = await familyOf(cluster, object);
    const namespace = stringAt(object, 'metadata', 'namespace');
    const events = await eventsAbout(cluster, namespace, subjectsOf([object, ...family.between, ...family.pods]));
    const suspects = family.pods
        .map((pod) => suspicionOf(pod, now))
        .filter((one) => one !== undefined)
        .sort((a, b) => b.weight - a.weight || createdAt(b.pod) - createdAt(a.pod));
    const [worst] = suspects;
    const logs = worst ? await logsOf(cluster, worst, options.logLines ?? 20) : '';
    return {
        message: safeLine(`${nameOf(object)}: ${reasonFor(object, family, suspects, events, { ...options.assess, now })}`, redact),
        events: eventLines(events).map((line) => safeLine(line, redact)),
        logs: safeLines(logs, redact).slice(-(options.logLines ?? 20)),
        failing: (worst?.weight ?? 0) >= FAILING
    };
}
/** Diagnoses of several objects, a few at a time. */
async function diagnoseAll(cluster, objects, options = {}) {
    return mapConcurrent(objects, 4, (object) => diagnose(cluster, object, options));
}
/** The weight from which on a pod has failed; below, it may just not be ready yet. */
const FAILING = 50;
function suspicionOf(pod, now) {
    const containers = containersOf(pod);
    const worst = containers
        .map((container) => ({ container, weight: weightOf(container) }))
        .sort((a, b) => b.weight - a.weight)[0];
    if (stringAt(pod, 'status', 'phase') === 'Failed')
        return { pod, weight: 90, why: pods_failureOf(pod, containers), container: worst?.container };
    const health = assessHealth(pod, { now });
    if (!health || health.status === 'Healthy')
        return undefined;
    if (worst && worst.weight > 0)
        return { pod, weight: worst.weight, why: describeContainer(worst.container), container: worst.container };
    const unscheduled = conditionOf(pod, 'PodScheduled')?.status === 'False';
    return { pod, weight: unscheduled ? FAILING : 5, why: lowerFirst(health.message), container: undefined };
}
/** A container that has failed says more than one that only waits for it. */
function weightOf(container) {
    const reason = container.waiting?.reason ?? '';
    const failed = (container.ended?.exitCode ?? 0) !== 0 || (container.lastEnded?.exitCode ?? 0) !== 0;
    if (reason === 'CrashLoopBackOff')
        return 100;
    if (container.ended !== undefined && container.ended.exitCode !== 0)
        return 95;
    if (IMAGE_PROBLEMS.has(reason))
        return 80;
    if (CREATE_PROBLEMS.has(reason))
        return 80;
    if (failed && !container.ready)
        return 60;
    if (container.waiting)
        return reason === '' || reason === 'PodInitializing' ? 1 : 10;
    if (container.ready || container.ended?.exitCode === 0)
        return 0;
    return 20;
}
function reasonFor(object, family, suspects, events, assess) {
    const [worst] = suspects;
    const refused = [object, ...family.between].map(workloads_refusalOf).find((text) => text !== undefined);
    const refusal = refused ?? refusalEvent(object, events);
    if (worst && (worst.weight >= FAILING || refusal === undefined)) {
        const others = suspects.filter((one) => one !== worst && one.weight >= worst.weight).length;
        const alike = others > 0 ? ` (and ${others} more pod${others === 1 ? '' : 's'})` : '';
        const said = worst.weight < FAILING ? probeMessage(worst, events) : '';
        const who = worst.pod === object ? '' : `pod ${worst.pod.metadata.name}: `;
        return `${who}${worst.why}${said}${alike}`;
    }
    if (refusal !== undefined)
        return `its pods are refused: ${refusal}`;
    const health = assessHealth(object, assess);
    const last = events.at(-1);
    const told = last && !health?.message.includes(status_clause(last.message)) ? `; ${last.reason}: ${status_clause(last.message)}` : '';
    const message = health?.message ?? 'not healthy';
    return health?.status === 'Healthy' ? message : `${lowerFirst(message)}${told}`;
}
/** What the probes or the volumes of a pod that only waits say, from its last warning. */
function probeMessage(suspect, events) {
    const last = events.findLast((event) => event.object.name === suspect.pod.metadata.name);
    return last && last.reason !== 'BackOff' ? `: ${status_clause(last.message)}` : '';
}
/** StatefulSets, DaemonSets and Jobs tell that their pods are refused by events only. */
function refusalEvent(object, events) {
    const refusal = events.findLast((event) => event.reason === 'FailedCreate' && event.object.name === object.metadata.name);
    return refusal && status_clause(refusal.message);
}
/** The log of the container in question; of its last run where the present one has nothing to say yet. */
async function logsOf(cluster, suspect, tailLines) {
    const { pod, container } = suspect;
    const hasRun = container && (container.running || container.ended || container.lastEnded);
    if (!container || !hasRun)
        return '';
    const place = { namespace: stringAt(pod, 'metadata', 'namespace'), name: pod.metadata.name };
    const read = (previous) => cluster.logs(place, { container: container.name, previous, tailLines }).catch(() => '');
    const isBetweenRuns = container.waiting !== undefined || (container.running && container.lastEnded !== undefined);
    if (!isBetweenRuns)
        return read(false);
    return (await read(true)) || (await read(false));
}
function lowerFirst(text) {
    // Names and abbreviations keep their capitals.
    return /^[A-Z][a-z' ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/unhealthy.js











/** A pod that has not been ready for so long is not just starting. */
const STARTING_MS = 2 * 60_000;
/** Kinds of Kubernetes itself whose degradation is a fault of what was declared or of what it runs. */
const JUDGED = new Set([
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    '/ReplicationController',
    'batch/Job',
    'batch/CronJob',
    '/Pod',
    '/PersistentVolumeClaim',
    'apiextensions.k8s.io/CustomResourceDefinition'
]);
/**
 * What does not work now although nobody changed its declaration: workloads whose pods crash, cannot start or are not
 * ready for minutes, failed Jobs and pods, custom resources that call themselves failed. Does not wait; a rollout that
 * is under way is none of these.
 * @param objects as they live in the cluster
 */
async function findUnhealthy(cluster, objects, options = {}) {
    const now = options.now ?? new Date();
    const assess = { now, ...(options.checks ? { checks: options.checks } : {}) };
    const suspects = objects
        .filter((object) => options.checks?.covers(object) || isJudged(object))
        .map((object) => ({ object, health: assessHealth(object, assess) }))
        .filter(({ object, health }) => isSuspect(object, health));
    const found = await (0,concurrency/* mapConcurrent */._)(suspects, 4, async ({ object, health }) => {
        if (health?.status !== 'Degraded' && !(await hasLastingTrouble(cluster, object, now)))
            return undefined;
        const { message, events, logs } = await diagnose(cluster, object, { now, redact: options.redact ?? [], assess });
        return { resource: resourceOf(object), status: 'Degraded', message, events, logs };
    });
    return found.filter((one) => one !== undefined);
}
function isJudged(object) {
    return !isBuiltIn((0,render_manifest/* groupOf */.F8)(object)) || JUDGED.has(`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`);
}
/** A workload in progress is looked at closer: a crash loop leaves it so for ever. */
function isSuspect(object, health) {
    if (health === null || (0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
        return false;
    if (health.status === 'Degraded')
        return true;
    return health.status === 'Progressing' && runsPods(object) && object.kind !== 'Job';
}
async function hasLastingTrouble(cluster, object, now) {
    const { pods, between } = await familyOf(cluster, object);
    if ([object, ...between].some((one) => workloads_refusalOf(one) !== undefined))
        return true;
    return pods.some((pod) => assessHealth(pod, { now })?.status === 'Degraded' || hasJustCrashed(pod) || isUnreadyForLong(pod, now));
}
/** Between two crashes a container runs for a moment, and nothing looks wrong. */
function hasJustCrashed(pod) {
    return containersOf(pod).some((container) => !container.ready && (container.lastEnded?.exitCode ?? 0) !== 0);
}
function isUnreadyForLong(pod, now) {
    if (!isPod(pod) || (0,json.at)(pod, 'metadata', 'deletionTimestamp') != null)
        return false;
    const ready = conditionOf(pod, 'Ready');
    if (ready?.status === 'True' || (0,json.at)(pod, 'status', 'phase') === 'Succeeded')
        return false;
    const since = Math.max(createdAt(pod), Date.parse(ready?.lastTransitionTime || '') || 0);
    return now.getTime() - since > STARTING_MS;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/patience.js
const PATIENCE = {
    crashes: 3,
    secondChance: true,
    imageMs: 10_000,
    configMs: 15_000,
    schedulingMs: 30_000,
    refusalMs: 10_000,
    missingMs: 10_000,
    statusMs: 3_000,
    steadyMs: 3_000,
    progressMs: 10_000
};

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/trouble.js



/** Pods that were made this long before the wait belong to what was there before. */
const BEFORE_MS = 15_000;
/**
 * Judges pods over time: one crash that is recovered from, an image that comes at the second try or a node that is
 * being added must not fail a rollout. Remembers what it has seen of each container.
 */
class PodJudge {
    #started;
    #patience;
    #seen = new Map();
    constructor(started, patience) {
        this.#started = started;
        this.#patience = patience;
    }
    /**
     * @param retries whether a container that fails is retried by declaration (pods of a Job): then the Job's own limit
     *   decides
     */
    judge(pod, now, retries) {
        const containers = containersOf(pod);
        if (stringAt(pod, 'status', 'phase') === 'Failed')
            return retries ? undefined : { kind: 'failed', message: pods_failureOf(pod, containers) };
        const unscheduled = this.#unscheduled(pod, now);
        if (unscheduled)
            return unscheduled;
        for (const container of containers) {
            const trouble = this.#container(pod, container, now, retries);
            if (trouble)
                return trouble;
        }
        return undefined;
    }
    #unscheduled(pod, now) {
        const scheduled = conditionOf(pod, 'PodScheduled');
        const isStuck = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
        const since = this.#lasting(this.#memoryOf(pod, undefined), isStuck ? 'unschedulable' : undefined, now);
        if (!isStuck || since === undefined || now - since < this.#patience.schedulingMs)
            return undefined;
        return { kind: 'unschedulable', message: `no node takes it: ${status_clause(scheduled.message) || 'Unschedulable'}` };
    }
    #container(pod, container, now, retries) {
        const seen = this.#memoryOf(pod, container);
        const reason = container.waiting?.reason ?? '';
        const kind = IMAGE_PROBLEMS.has(reason) ? 'image' : CREATE_PROBLEMS.has(reason) ? 'config' : undefined;
        const since = this.#lasting(seen, kind, now);
        const message = describeContainer(container);
        if (kind === 'image') {
            if (reason === 'ImagePullBackOff')
                seen.imageBackedOff = true;
            else if (reason === 'ErrImagePull' && seen.imageBackedOff)
                seen.imageTriedAgain = true;
            const isHopeless = reason === 'InvalidImageName' || reason === 'ErrImageNeverPull' || seen.imageTriedAgain;
            return isHopeless || now - (since ?? now) >= this.#patience.imageMs ? { kind, message } : undefined;
        }
        if (kind === 'config')
            return now - (since ?? now) >= this.#patience.configMs ? { kind, message } : undefined;
        return !retries && this.#isCrashLoop(container, seen) ? { kind: 'crash', message } : undefined;
    }
    /**
     * Ends with an error within the rollout. A pod that was there before may have been crashing for a reason that the
     * deploy has just removed (a Secret, a database): it gets one more chance.
     */
    #isCrashLoop(container, seen) {
        const isDown = container.waiting?.reason === 'CrashLoopBackOff' || (container.ended?.exitCode ?? 0) !== 0;
        if (!isDown || container.ready)
            return false;
        const last = container.ended ?? container.lastEnded;
        if (last === undefined || (last.exitCode === 0 && container.waiting?.reason !== 'CrashLoopBackOff'))
            return false;
        const restarts = container.restarts - seen.restartsBefore;
        if (seen.existedBefore && !this.#patience.secondChance)
            return container.restarts + 1 >= this.#patience.crashes;
        return seen.existedBefore
            ? restarts >= 1 && container.restarts + 1 >= this.#patience.crashes
            : restarts + 1 >= this.#patience.crashes;
    }
    #memoryOf(pod, container) {
        const key = `${uidOf(pod) || pod.metadata.name}/${container ? `${container.init}/${container.name}` : ''}`;
        const known = this.#seen.get(key);
        if (known)
            return known;
        const existedBefore = createdAt(pod) < this.#started - BEFORE_MS;
        const seen = {
            existedBefore,
            restartsBefore: existedBefore && container ? container.restarts : 0,
            trouble: undefined,
            imageBackedOff: false,
            imageTriedAgain: false
        };
        this.#seen.set(key, seen);
        return seen;
    }
    /** Since when a kind of trouble has lasted without a break. */
    #lasting(seen, key, now) {
        if (key === undefined)
            seen.trouble = undefined;
        else if (seen.trouble?.key !== key)
            seen.trouble = { key, since: now };
        return seen.trouble?.since;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/failures.js








/** Events from before the wait by more than this are those of an earlier rollout. */
const failures_BEFORE_MS = 15_000;
/** Finds out that an object will not become healthy by waiting. */
class FailureFinder {
    #patience;
    #started;
    #pods;
    #inquiries;
    #judge;
    /** Since when a workload that is refused pods has stood still, by UID. */
    #stalled = new Map();
    constructor(patience, started, pods, inquiries) {
        this.#patience = patience;
        this.#started = started;
        this.#pods = pods;
        this.#inquiries = inquiries;
        this.#judge = new PodJudge(started, patience);
    }
    /**
     * Why an object is lost; undefined while there is hope.
     * @param early also what could still mend, but hardly will (a crash loop): else only what is over for good
     */
    find(object, health, now, early) {
        const isFinal = (object.kind === 'Job' && (0,render_manifest/* groupOf */.F8)(object) === 'batch') || isPod(object);
        if (isFinal && health.status === 'Degraded' && isOver(object))
            return health.message;
        // The state of pods is remembered from the start on, whether it is acted upon or not.
        const trouble = this.#podTrouble(object, now);
        if (!early || (0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
            return undefined;
        if (trouble !== undefined)
            return trouble;
        if (!isObserved(object))
            return undefined;
        if (object.kind === 'Deployment' && conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
            return health.message;
        return this.#refusal(object, now);
    }
    /** What holds the first of an object's pods up, for progress lines; undefined where no pod is known or all is well. */
    hint(object, now) {
        if (!runsPods(object))
            return undefined;
        for (const pod of this.#pods.of(object)) {
            const health = assessHealth(pod, { now: new Date(now) });
            if (health && health.status !== 'Healthy')
                return `pod ${pod.metadata.name}: ${health.message}`;
        }
        return undefined;
    }
    #podTrouble(object, now) {
        if (!isPod(object) && !runsPods(object))
            return undefined;
        const pods = isPod(object) ? [object] : this.#pods.of(object);
        for (const pod of pods) {
            const trouble = this.#judge.judge(pod, now, object.kind === 'Job');
            if (trouble === undefined)
                continue;
            if (trouble.kind === 'unschedulable' && this.#inquiries.isScalingUpFor(pod) !== false)
                continue;
            return isPod(object) ? trouble.message : `pod ${pod.metadata.name}: ${trouble.message}`;
        }
        return undefined;
    }
    /** Quota or admission keep pods from being made, and nothing has moved for a while. */
    #refusal(object, now) {
        const gap = missingPods(object);
        if (gap === undefined || gap <= 0) {
            this.#stalled.delete(uidOf(object));
            return undefined;
        }
        const counts = countsOf(object);
        const known = this.#stalled.get(uidOf(object));
        const stalled = known?.counts === counts ? known : { counts, since: now };
        this.#stalled.set(uidOf(object), stalled);
        if (now - stalled.since < this.#patience.refusalMs)
            return undefined;
        const reason = object.kind === 'Deployment' || object.kind === 'ReplicaSet' || object.kind === 'ReplicationController'
            ? workloads_refusalOf(object)
            : this.#inquiries.refusalOf(object, this.#started - failures_BEFORE_MS);
        return reason ? `its pods are refused: ${reason}` : undefined;
    }
}
/** How a Job that is gone has ended: '' for success, the reason of its failure, undefined when nobody knows (yet). */
function failureOfJob(ref, last, inquiries) {
    const health = last && jobHealth(last);
    if (health?.status === 'Healthy')
        return '';
    if (health?.status === 'Degraded')
        return health.message;
    const end = inquiries.endOf(ref);
    if (end === 'complete')
        return '';
    if (end === 'failed')
        return 'Failed, and deleted since';
    // Kubernetes itself deletes a Job with a time to live only when it has finished, and a failure leaves an event.
    const isTemporary = last !== undefined && (0,json.at)(last, 'spec', 'ttlSecondsAfterFinished') !== undefined;
    return end === 'unknown' && isTemporary ? '' : undefined;
}
/** Whether nothing will happen to an object any more. */
function isOver(object) {
    if (object['kind'] === 'Pod')
        return (0,json.at)(object, 'status', 'phase') === 'Failed';
    return true;
}
/** How many pods are wanted and not there; undefined for what runs none. */
function missingPods(object) {
    if (!runsPods(object))
        return undefined;
    switch (object.kind) {
        case 'Deployment':
            return integerAt(object, 1, 'spec', 'replicas') - integerAt(object, 0, 'status', 'updatedReplicas');
        case 'DaemonSet':
            return (integerAt(object, 0, 'status', 'desiredNumberScheduled') -
                integerAt(object, 0, 'status', 'currentNumberScheduled'));
        case 'Job': {
            const made = ['active', 'succeeded', 'failed'].map((field) => integerAt(object, 0, 'status', field));
            return made.some((number) => number > 0) ? 0 : 1;
        }
        default:
            return integerAt(object, 1, 'spec', 'replicas') - integerAt(object, 0, 'status', 'replicas');
    }
}
function countsOf(object) {
    return [
        'replicas',
        'updatedReplicas',
        'readyReplicas',
        'currentNumberScheduled',
        'updatedNumberScheduled',
        'numberReady'
    ]
        .map((field) => integerAt(object, 0, 'status', field))
        .join('/');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/inquiries.js


/** How soon the same question is asked again. */
const ASK_AGAIN_MS = 5_000;
/**
 * Questions that only events or another object can answer, asked beside the watches when there is a reason to, and
 * each at most every few seconds. Answers are undefined until they are there.
 */
class Inquiries {
    #cluster;
    #onAnswer;
    #asked = new Map();
    constructor(cluster, onAnswer) {
        this.#cluster = cluster;
        this.#onAnswer = onAnswer;
    }
    /** Why the API server has refused pods of a workload since a time; '' when it has not. */
    refusalOf(workload, since) {
        return this.#ask(`refusal ${inquiries_keyOf(workload)}`, async () => {
            const events = await eventsAbout(this.#cluster, namespaceOf(workload), subjectsOf([workload]));
            const refusal = events.findLast((event) => event.reason === 'FailedCreate' && event.last >= since);
            return refusal ? status_clause(refusal.message) : '';
        });
    }
    /** Whether an autoscaler is adding a node for a pod (cluster-autoscaler, Karpenter). */
    isScalingUpFor(pod) {
        return this.#ask(`scaling ${inquiries_keyOf(pod)}`, async () => {
            const events = await eventsAbout(this.#cluster, namespaceOf(pod), subjectsOf([pod]), 'all');
            return events.some((event) => event.reason === 'TriggeredScaleUp' || event.reason === 'Nominated');
        });
    }
    /** How a Job ended that is not there any more. Events outlive the object. */
    endOf(job) {
        return this.#ask(`end ${job.namespace ?? ''}/${job.name}`, async () => {
            const subject = { kind: 'Job', name: job.name, uid: '' };
            const events = await eventsAbout(this.#cluster, job.namespace ?? '', [subject], 'all');
            const last = events.findLast((event) => JOB_ENDS[event.reason] !== undefined);
            return (last && JOB_ENDS[last.reason]) ?? 'unknown';
        });
    }
    /** Whether a claim's volume is only made when a pod uses it (`volumeBindingMode: WaitForFirstConsumer`). */
    isBoundByConsumer(claim) {
        const name = stringAt(claim, 'spec', 'storageClassName');
        if (name === '')
            return false;
        return this.#ask(`class ${name}`, async () => {
            const found = await this.#cluster.get({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name });
            return stringAt(found, 'volumeBindingMode') === 'WaitForFirstConsumer';
        });
    }
    #ask(key, question) {
        const known = this.#asked.get(key);
        const now = performance.now();
        if (known === undefined || now - known.at > ASK_AGAIN_MS) {
            const entry = { at: now, answer: known?.answer };
            this.#asked.set(key, entry);
            question().then((answer) => {
                entry.answer = answer;
                this.#onAnswer();
            }, () => { } // no answer is an answer too: the object itself still tells
            );
        }
        // The key holds the question's name, and each question has one type of answer.
        return known?.answer;
    }
}
/** Reasons of the job controller's events. */
const JOB_ENDS = {
    Completed: 'complete',
    BackoffLimitExceeded: 'failed',
    DeadlineExceeded: 'failed',
    PodFailurePolicy: 'failed',
    FailedIndexes: 'failed',
    MaxFailedIndexesExceeded: 'failed'
};
function inquiries_keyOf(object) {
    return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
}
function namespaceOf(object) {
    return stringAt(object, 'metadata', 'namespace');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/live-set.js





/** Pause after a watch that failed: doubled up to the limit. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A watch that lasts so long has been accepted. */
const WORKING_MS = 1_000;
/** Between two lists where watching is not allowed. */
const ASK_EVERY_MS = 3_000;
/**
 * The objects of one resource type in one scope, kept up to date by a watch: one LIST, then events. Lists anew when
 * the watch has expired, goes on after lost connections and restarts of the API server.
 */
class LiveSet {
    #options;
    #objects = new Map();
    /** Objects that were there once and have been deleted since, as last seen. */
    #deleted = new Map();
    #index;
    #resourceVersion;
    #refusal;
    constructor(options) {
        this.#options = options;
    }
    /** Why the API server lets us neither watch nor list any more, or undefined. */
    get refusal() {
        return this.#refusal;
    }
    get(namespace, name) {
        return this.#objects.get(live_set_keyOf(namespace, name));
    }
    /** The last state of an object that was deleted while we looked. */
    deleted(namespace, name) {
        return this.#deleted.get(live_set_keyOf(namespace, name));
    }
    /** The objects by their controller; the index is made once per change. */
    byController() {
        this.#index ??= byController(this.#objects.values());
        return this.#index;
    }
    /** Lists everything. @throws ApiError, GitOpsError as the cluster does */
    async load() {
        const { cluster, resource, scope, keep } = this.#options;
        const list = await cluster.list(resource, scope);
        const found = new Map();
        for (const object of list.items)
            if (!keep || keep(object))
                found.set(keyOfObject(object), object);
        for (const [key, object] of this.#objects)
            if (!found.has(key))
                this.#deleted.set(key, object);
        this.#index = undefined;
        this.#objects.clear();
        for (const [key, object] of found) {
            this.#objects.set(key, object);
            this.#deleted.delete(key);
        }
        this.#resourceVersion = list.resourceVersion;
    }
    /** Keeps the set up to date until `signal` aborts. Never rejects. */
    async follow(signal) {
        let failures = 0;
        while (!signal.aborted) {
            try {
                if (this.#resourceVersion === undefined) {
                    await this.load();
                    this.#options.onChange();
                }
                const started = performance.now();
                await this.#watch(signal, () => {
                    failures = 0;
                    this.#options.onTrouble(undefined);
                });
                // A server that ends every watch at once must not be asked without a pause.
                if (performance.now() - started < FIRST_PAUSE_MS)
                    await pause(FIRST_PAUSE_MS, signal);
            }
            catch (error) {
                if (signal.aborted)
                    return;
                this.#resourceVersion = undefined;
                if (error instanceof kubernetes_cluster/* ApiError */.h && error.code === 403) {
                    await this.#ask(signal);
                    return;
                }
                failures++;
                this.#options.onTrouble((0,errors/* messageOf */.b)(error));
                await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)), signal);
            }
        }
    }
    /** For credentials that may list but not watch: lists from time to time. */
    async #ask(signal) {
        while (!signal.aborted) {
            try {
                await this.load();
                this.#options.onTrouble(undefined);
            }
            catch (error) {
                if (signal.aborted)
                    return;
                if (error instanceof kubernetes_cluster/* ApiError */.h && error.code === 403)
                    this.#refusal = error;
                this.#options.onTrouble((0,errors/* messageOf */.b)(error));
                if (this.#refusal)
                    return;
            }
            this.#options.onChange();
            await pause(ASK_EVERY_MS, signal);
        }
    }
    /** @param onWorking called once the watch has shown that it works: by an event, or by lasting a while */
    async #watch(signal, onWorking) {
        const timer = setTimeout(onWorking, WORKING_MS);
        try {
            await this.#receive(signal, () => {
                clearTimeout(timer);
                onWorking();
            });
        }
        finally {
            clearTimeout(timer);
        }
    }
    async #receive(signal, onEvent) {
        const { cluster, resource, scope, keep, onChange } = this.#options;
        const resourceVersion = this.#resourceVersion ?? '';
        for await (const event of cluster.watch(resource, { ...scope, resourceVersion }, signal)) {
            if (event.type === 'EXPIRED') {
                this.#resourceVersion = undefined;
                return;
            }
            onEvent();
            const { object } = event;
            const seen = stringAt(object, 'metadata', 'resourceVersion');
            if (seen !== '')
                this.#resourceVersion = seen;
            if (keep && !keep(object))
                continue;
            const key = keyOfObject(object);
            this.#index = undefined;
            if (event.type === 'DELETED') {
                this.#objects.delete(key);
                this.#deleted.set(key, object);
            }
            else {
                this.#objects.set(key, object);
                this.#deleted.delete(key);
            }
            onChange();
        }
    }
}
function live_set_keyOf(namespace, name) {
    return `${namespace ?? ''}/${name}`;
}
function keyOfObject(object) {
    return live_set_keyOf(stringAt(object, 'metadata', 'namespace') || undefined, object.metadata.name);
}
async function pause(ms, signal) {
    await (0,promises_.setTimeout)(ms, undefined, { signal }).catch(() => { });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/pods.js



/** From so many workloads in a namespace on, all its pods are followed at once. */
const MANY_WORKLOADS = 5;
/**
 * Follows the pods of workloads that are not healthy yet, and of Deployments the ReplicaSets. Where the credentials do
 * not allow it, there is nothing to see and the wait goes by the workloads alone.
 */
class PodWatch {
    #cluster;
    #signal;
    #onChange;
    #sets = new Map();
    #ready = new Map();
    #resources;
    #workloads = new Map();
    constructor(cluster, signal, onChange) {
        this.#cluster = cluster;
        this.#signal = signal;
        this.#onChange = onChange;
    }
    /** Tells how many workloads each namespace has that may be asked about. */
    announce(workloads) {
        this.#workloads = new Map();
        for (const workload of workloads) {
            const namespace = stringAt(workload, 'metadata', 'namespace');
            this.#workloads.set(namespace, (this.#workloads.get(namespace) ?? 0) + 1);
        }
    }
    /** The pods of a workload's present revision as far as they are known by now; the first call starts to follow them. */
    of(workload) {
        if (!runsPods(workload))
            return [];
        const scope = this.#scopeOf(workload);
        if (scope === undefined)
            return [];
        const key = `${scope.namespace ?? ''} ${scope.labelSelector ?? ''} ${workload.kind === 'Deployment'}`;
        const sets = this.#ready.get(key);
        if (sets)
            return podsOfRevision(workload, sets.pods.byController(), sets.replicaSets?.byController() ?? (() => []));
        if (!this.#sets.has(key))
            this.#sets.set(key, this.#start(key, scope, workload.kind === 'Deployment'));
        return [];
    }
    #scopeOf(workload) {
        const namespace = stringAt(workload, 'metadata', 'namespace');
        if ((this.#workloads.get(namespace) ?? 0) > MANY_WORKLOADS)
            return { namespace };
        const labelSelector = selectorOf(workload);
        return labelSelector === undefined ? undefined : { namespace, labelSelector };
    }
    async #start(key, scope, withReplicaSets) {
        try {
            this.#resources ??= this.#discover();
            const resources = await this.#resources;
            if (!resources.pods)
                return undefined;
            const pods = this.#set(resources.pods, scope);
            const replicaSets = withReplicaSets && resources.replicaSets ? this.#set(resources.replicaSets, scope) : undefined;
            await Promise.all([pods.load(), replicaSets?.load()]);
            if (this.#signal.aborted)
                return undefined;
            void pods.follow(this.#signal);
            void replicaSets?.follow(this.#signal);
            const sets = { pods, replicaSets };
            this.#ready.set(key, sets);
            this.#onChange();
            return sets;
        }
        catch {
            return undefined; // not allowed, or not reachable now: the workload itself still tells whether it is healthy
        }
    }
    #set(resource, scope) {
        return new LiveSet({
            cluster: this.#cluster,
            resource,
            scope,
            onChange: this.#onChange,
            onTrouble: () => { }
        });
    }
    async #discover() {
        const [pods, replicaSets] = await Promise.all([
            this.#cluster.resourceFor('v1', 'Pod'),
            this.#cluster.resourceFor('apps/v1', 'ReplicaSet')
        ]);
        return { pods, replicaSets };
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/progress.js


/** Up to so many objects are reported one by one when they become healthy. */
const FEW = 20;
/** Quick rollouts are over before anybody wonders. */
const SILENCE_MS = 3_000;
/** Objects named in a progress report. */
const SHOWN = 5;
/** Says what a wait still waits for: soon after the start, then at intervals, and when single objects get there. */
class Progress {
    #log;
    #started;
    #interval;
    #redact;
    #next;
    #lastText = '';
    #hasBegun = false;
    #troubled = new Set();
    constructor(options, interval) {
        this.#log = options.log;
        this.#started = options.started;
        this.#redact = options.redact ?? [];
        this.#interval = interval;
        this.#next = options.started + Math.min(SILENCE_MS, interval);
    }
    begin(pending, seconds) {
        this.#hasBegun = true;
        if (pending > 0)
            this.#log.info(`Waiting up to ${seconds} s for ${pending} object${pending === 1 ? '' : 's'} to become healthy`);
    }
    reached(name, message, total, now) {
        const line = `${name} is healthy after ${((now - this.#started) / 1000).toFixed(1)} s: ${safeLine(message, this.#redact)}`;
        if (total <= FEW)
            this.#log.info(line);
        else
            this.#log.debug(line);
    }
    tick(pending, now) {
        if (!this.#hasBegun || now < this.#next || pending.length === 0)
            return;
        this.#next = now + this.#interval;
        const seconds = Math.round((now - this.#started) / 1000);
        const shown = pending.slice(0, SHOWN).map((one) => `${one.name}: ${safeLine(one.message(), this.#redact)}`);
        const text = shown.join('\n');
        // The same again is worth a line only so that a reader sees that the run is alive.
        if (text === this.#lastText)
            this.#log.info(`Still waiting after ${seconds} s`);
        else if (shown.length === 1 && pending.length === 1)
            this.#log.info(`Waiting after ${seconds} s for ${text}`);
        else {
            this.#log.info(`Waiting after ${seconds} s for ${pending.length} objects:`);
            for (const line of shown)
                this.#log.info(`  ${line}`);
            if (pending.length > SHOWN)
                this.#log.info(`  and ${pending.length - SHOWN} more`);
        }
        this.#lastText = text;
    }
    /** One of the sources cannot be kept up to date, or can again (undefined). Said once for all of them. */
    trouble(source, problem) {
        const before = this.#troubled.size;
        if (problem === undefined)
            this.#troubled.delete(source);
        else
            this.#troubled.add(source);
        if (before === 0 && problem !== undefined)
            this.#log.info(`The API server does not answer; the wait goes on: ${status_clause(problem)}`);
        if (before > 0 && this.#troubled.size === 0)
            this.#log.info('The API server answers again');
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/scopes.js
/** From so many namespaces on, one list over all of them is cheaper than one each. */
const MANY_NAMESPACES = 8;
/**
 * How to list the objects of one resource type with few requests and little data: a single object by its name, several
 * by their namespace, those of many namespaces all at once.
 */
function scopesOf(resource, refs) {
    const groups = Map.groupBy(refs, (ref) => (resource.namespaced ? (ref.namespace ?? '') : ''));
    if (groups.size > MANY_NAMESPACES)
        return [{ resource, options: {}, refs }];
    return [...groups].map(([namespace, members]) => ({
        resource,
        options: { ...(namespace === '' ? {} : { namespace }), ...(single(members) ?? {}) },
        refs: members
    }));
}
/** The same scope, namespace by namespace: for credentials that may not list across them. */
function narrowed(scope) {
    return [...Map.groupBy(scope.refs, (ref) => ref.namespace ?? '')].map(([namespace, members]) => ({
        resource: scope.resource,
        options: { namespace, ...(single(members) ?? {}) },
        refs: members
    }));
}
function single(refs) {
    const [only] = refs;
    return refs.length === 1 && only ? { fieldSelector: `metadata.name=${only.name}` } : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/settled.js





/**
 * Healthy, or as good as waiting can make it: suspended by declaration, a CronJob whose earlier runs failed, a claim
 * that waits for its first pod, an autoscaler that has no metrics yet.
 */
function settlementOf(object, health, inquiries, checks) {
    if (health.status === 'Healthy')
        return { settled: true };
    if (health.status === 'Suspended')
        return { settled: true, note: health.message };
    if ((0,json.at)(object, 'metadata', 'deletionTimestamp') != null || checks?.covers(object))
        return { settled: false };
    switch (`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`) {
        case 'batch/CronJob':
            return { settled: true, note: `${health.message}; the next run will tell`, isWarning: true };
        case 'autoscaling/HorizontalPodAutoscaler':
            // It looks at its target every 15 s only, and metrics need a minute: what counts is that there is a target.
            if (conditionOf(object, 'AbleToScale')?.status === 'False')
                return { settled: false };
            return health.status === 'Degraded' ? { settled: true, note: health.message, isWarning: true } : { settled: true };
        case '/PersistentVolumeClaim':
            return { settled: inquiries.isBoundByConsumer(object) === true };
        default:
            return { settled: false };
    }
}
/**
 * Whether "healthy" needs a moment to be believed: pods whose containers have no readiness probe are ready as soon as
 * they run, so only time tells whether they crash at start.
 */
function needsToBeSteady(object) {
    if (!isPod(object) && (!runsPods(object) || object.kind === 'Job'))
        return false;
    if (integerAt(object, 1, 'spec', 'replicas') === 0 || integerAt(object, 0, 'spec', 'minReadySeconds') > 0)
        return false;
    const spec = isPod(object) ? (0,json.at)(object, 'spec') : (0,json.at)(object, 'spec', 'template', 'spec');
    return ((0,json/* asList */.DD)((0,json.at)(spec, 'containers')) ?? []).some((container) => (0,json.at)(container, 'readinessProbe') === undefined);
}
/**
 * Whether a custom resource has just been made and its controller may not have got to it: its type has a status, and
 * it has none.
 */
function isUntouched(object, resource, started) {
    if (isBuiltIn((0,render_manifest/* groupOf */.F8)(object)) || !resource.subresources.includes('status'))
        return false;
    return (0,json.at)(object, 'status') === undefined && createdAt(object) > started - 60_000;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/session.js















/** Changes come in bursts: they are judged together. */
const BURST_MS = 50;
/** Rules about how long something lasts are looked at this often. Nothing is asked of the API server by that. */
const TICK_MS = 500;
/** After a first failure, others of the same cause follow at once: they belong into the same report. */
const COLLECT_MS = 1_000;
/** Even when the time is over already, everything is looked at once. */
const SHORTEST_MS = 1_000;
/** One wait: holds what is watched, judges it whenever it changes, knows when it is over. */
class Session {
    waited;
    #cluster;
    #options;
    #stop = new AbortController();
    #inquiries;
    #pods;
    #failures;
    #progress;
    #over = () => { };
    #broken = () => { };
    #burst;
    #failedAt;
    constructor(cluster, refs, options) {
        this.#cluster = cluster;
        this.#options = options;
        this.waited = refs.map((ref) => ({
            ref,
            resource: undefined,
            set: undefined,
            object: undefined,
            health: progressing('It has not been read yet'),
            settled: false,
            failure: undefined,
            wasPending: false,
            healthySince: undefined,
            missingSince: undefined,
            note: undefined
        }));
        this.#inquiries = new Inquiries(cluster, () => this.#changed());
        this.#pods = new PodWatch(cluster, this.#stop.signal, () => this.#changed());
        this.#failures = new FailureFinder(options.patience, options.started, this.#pods, this.#inquiries);
        this.#progress = new Progress(options, options.patience.progressMs);
    }
    async run() {
        const { signal, deadline } = this.#options;
        if (signal?.aborted)
            return 'cancelled';
        let tick;
        let timeout;
        const cancel = () => this.#over('cancelled');
        try {
            return await new Promise((resolve, reject) => {
                this.#over = resolve;
                this.#broken = reject;
                signal?.addEventListener('abort', cancel, { once: true });
                timeout = setTimeout(() => this.#over(this.#isHealthyAtLast() ? 'healthy' : 'timed-out'), Math.max(deadline, SHORTEST_MS));
                this.#begin().then(() => {
                    if (this.#stop.signal.aborted)
                        return;
                    tick = setInterval(() => this.#judge(), TICK_MS);
                }, reject);
            });
        }
        finally {
            signal?.removeEventListener('abort', cancel);
            clearTimeout(timeout);
            clearTimeout(this.#burst);
            this.#stop.abort();
            clearInterval(tick);
            this.#tellNotes();
        }
    }
    #tellNotes() {
        const { log, redact } = this.#options;
        for (const { ref, settled, note } of this.waited) {
            if (!settled || note?.note === undefined)
                continue;
            const line = `${nameOfRef(ref)}: ${safeLine(note.note, redact)}`;
            if (note.isWarning)
                log.warning(line);
            else
                log.info(line);
        }
    }
    /** Reads everything once; follows what is not settled by then. */
    async #begin() {
        await this.#findTypes();
        const types = Map.groupBy(this.waited.filter((one) => one.resource !== undefined), (one) => `${one.resource?.group}/${one.resource?.version}/${one.resource?.plural}`);
        const scopes = [...types.values()].flatMap((members) => {
            const resource = members[0]?.resource;
            return resource === undefined
                ? []
                : scopesOf(resource, members.map((one) => one.ref));
        });
        await (0,concurrency/* mapConcurrent */._)(scopes, 8, (scope) => this.#load(scope));
        if (this.#stop.signal.aborted)
            return;
        this.#judge();
        const pending = this.waited.filter((one) => !one.settled);
        this.#progress.begin(pending.length, Math.round(this.#options.deadline / 1000));
        for (const set of new Set(pending.map((one) => one.set)))
            void set?.follow(this.#stop.signal);
    }
    /** A type that the server did not know a moment ago may come from a CRD of this very deploy. */
    async #findTypes() {
        const unknown = async () => {
            for (const one of this.waited)
                one.resource ??= await this.#cluster.resourceFor(one.ref.apiVersion, one.ref.kind);
            return this.waited.some((one) => one.resource === undefined);
        };
        if (!(await unknown()))
            return;
        this.#cluster.refreshDiscovery();
        await unknown();
    }
    async #load(scope) {
        const names = new Set(scope.refs.map((ref) => `${ref.namespace ?? ''}/${ref.name}`));
        const set = new LiveSet({
            cluster: this.#cluster,
            resource: scope.resource,
            scope: scope.options,
            keep: (object) => names.has(`${namespaceIn(scope.resource, object)}/${object.metadata.name}`),
            onChange: () => this.#changed(),
            onTrouble: (problem) => this.#progress.trouble(set, problem)
        });
        try {
            await set.load();
        }
        catch (error) {
            const isTooWide = scope.resource.namespaced && scope.options.namespace === undefined;
            if (!isTooWide || !(error instanceof kubernetes_cluster/* ApiError */.h) || error.code !== 403)
                throw error;
            await (0,concurrency/* mapConcurrent */._)(narrowed(scope), 8, (part) => this.#load(part));
            return;
        }
        const members = new Set(scope.refs);
        for (const one of this.waited)
            if (members.has(one.ref))
                one.set = set;
    }
    #changed() {
        if (this.#burst !== undefined || this.#stop.signal.aborted)
            return;
        this.#burst = setTimeout(() => {
            this.#burst = undefined;
            this.#judge();
        }, 
        // The more there is to judge, the more changes are judged at once.
        Math.min(TICK_MS, BURST_MS + this.waited.length / 4));
    }
    #judge() {
        if (this.#stop.signal.aborted)
            return;
        try {
            this.#judgeAll();
        }
        catch (error) {
            this.#broken(error);
        }
    }
    #judgeAll() {
        const now = Date.now();
        this.#pods.announce(this.waited.flatMap((one) => (!one.settled && one.object ? [one.object] : [])).filter(runsPods));
        for (const one of this.waited)
            this.#judgeOne(one, now);
        const pending = this.waited.filter((one) => !one.settled);
        const failed = pending.filter((one) => one.failure !== undefined);
        if (pending.length === 0)
            this.#over('healthy');
        else if (failed.length === pending.length)
            this.#over('failed');
        else if (failed.length > 0 && this.#options.failFast) {
            this.#failedAt ??= now;
            if (now - this.#failedAt >= COLLECT_MS)
                this.#over('failed');
        }
        else
            this.#failedAt = undefined;
        this.#progress.tick(pending.map((one) => ({ name: nameOfRef(one.ref), message: () => this.#stateOf(one, now) })), now);
    }
    #stateOf(one, now) {
        if (one.failure !== undefined)
            return one.failure;
        if (one.healthySince !== undefined)
            return 'healthy, to stay so for a moment';
        const hint = one.object && this.#failures.hint(one.object, now);
        return hint === undefined ? one.health.message : `${one.health.message} (${hint})`;
    }
    #judgeOne(one, now) {
        const was = one.settled;
        one.failure = undefined;
        one.note = undefined;
        one.settled = false;
        const object = one.set?.get(namespaceOfRef(one), one.ref.name);
        if (object === undefined)
            this.#judgeMissing(one, now);
        else
            this.#judgePresent(one, object, now);
        if (!one.settled)
            one.wasPending = true;
        else if (!was && one.wasPending)
            this.#progress.reached(nameOfRef(one.ref), one.health.message, this.waited.length, now);
    }
    #judgePresent(one, object, now) {
        const { patience, started, assess, failFast } = this.#options;
        one.object = object;
        one.missingSince = undefined;
        one.health = assessHealth(object, { ...assess, now: new Date(now) }) ?? healthy('In place');
        const settlement = settlementOf(object, one.health, this.#inquiries, assess?.checks);
        one.note = settlement;
        if (!settlement.settled) {
            one.healthySince = undefined;
            one.failure = this.#failures.find(object, one.health, now, failFast);
            return;
        }
        one.healthySince ??= now;
        const wait = one.wasPending && needsToBeSteady(object)
            ? one.healthySince + patience.steadyMs
            : one.resource && isUntouched(object, one.resource, started)
                ? started + patience.statusMs
                : 0;
        one.settled = now >= wait;
    }
    /** A Job may be gone because it is done (`ttlSecondsAfterFinished`); anything else should be there. */
    #judgeMissing(one, now) {
        one.missingSince ??= now;
        const last = one.set?.deleted(namespaceOfRef(one), one.ref.name) ?? one.object;
        if (one.ref.kind === 'Job' && (0,render_manifest/* groupOf */.F8)(one.ref) === 'batch') {
            const outcome = failureOfJob(one.ref, last, this.#inquiries);
            if (outcome !== undefined) {
                one.settled = outcome === '';
                one.failure = outcome || undefined;
                one.health = outcome === '' ? healthy('Completed, and deleted since') : degraded(outcome);
                return;
            }
        }
        one.object = undefined;
        const message = one.resource === undefined
            ? `The API server does not know the kind ${one.ref.kind} of ${one.ref.apiVersion}`
            : last === undefined
                ? 'It does not exist'
                : 'It was deleted while it was waited for';
        one.health = { status: 'Missing', message };
        if (this.#options.failFast && now - one.missingSince >= this.#options.patience.missingMs)
            one.failure = message;
    }
    /** At the deadline, what only had to prove that it stays healthy counts as healthy. */
    #isHealthyAtLast() {
        for (const one of this.waited)
            if (one.healthySince !== undefined && one.failure === undefined)
                one.settled = true;
        return this.waited.length > 0 && this.waited.every((one) => one.settled);
    }
}
function namespaceIn(resource, object) {
    const namespace = (0,json.at)(object, 'metadata', 'namespace');
    return resource.namespaced && typeof namespace === 'string' ? namespace : '';
}
/** Cluster-scoped objects are found without a namespace, whatever the reference says. */
function namespaceOfRef(one) {
    return one.resource?.namespaced === false ? undefined : one.ref.namespace;
}
function nameOfRef(ref) {
    return nameOf({ ...ref, metadata: { ...ref } });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/index.js








/** How long the diagnosis of all failures together may take. */
const DIAGNOSIS_MS = 20_000;
/** So many failures are diagnosed; more only make the report longer. */
const DIAGNOSED = 10;
/**
 * Waits until all objects are healthy (or suspended by declaration): by watches, with one deadline. Lost connections
 * and restarts of the API server are waited out. Never throws for an object that does not become healthy.
 * @throws ApiError, GitOpsError when the objects cannot be read at all
 */
async function waitUntilHealthy(cluster, refs, options) {
    const started = Date.now();
    const patience = { ...PATIENCE, ...options.patience };
    const known = new Map((options.known ?? []).map((object) => [(0,render_manifest/* objectId */.Tu)(object), object]));
    const isDone = (ref) => isReadyOnceThere(ref, options.assess?.checks) || isKnownHealthy(known.get(idOf(ref)), options);
    const done = refs.filter(isDone);
    const session = new Session(cluster, unique(refs.filter((ref) => !isDone(ref))), { ...options, patience, started });
    const end = await session.run();
    const unhealthy = await describeAll(cluster, session.waited, end, options);
    const isOpen = (one) => !one.settled && !(end === 'failed' && one.failure === undefined);
    return {
        healthy: [...done, ...session.waited.filter((one) => one.settled).map((one) => one.ref)],
        unhealthy,
        unfinished: session.waited.filter((one) => !one.settled && !isOpen(one)).map((one) => one.ref),
        seconds: Math.round((Date.now() - started) / 100) / 10,
        cancelled: end === 'cancelled',
        timedOut: end === 'timed-out'
    };
}
function isKnownHealthy(object, options) {
    if (object === undefined)
        return false;
    const status = assessHealth(object, options.assess)?.status;
    return status === 'Healthy' || status === 'Suspended';
}
/** The objects that stand for the failure of the wait, worst first, each with its diagnosis. */
async function describeAll(cluster, waited, end, options) {
    const open = waited
        .filter((one) => !one.settled && (end !== 'failed' || one.failure !== undefined))
        .sort((a, b) => wait_rank(a) - wait_rank(b));
    if (end === 'cancelled')
        return open.map((one) => described(one, undefined, options));
    const timer = new AbortController();
    const tooLate = new Promise((resolve) => {
        const timeout = setTimeout(() => resolve(undefined), DIAGNOSIS_MS);
        timer.signal.addEventListener('abort', () => clearTimeout(timeout));
        options.signal?.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
        return await Promise.all(open.map(async (one, index) => {
            if (one.object === undefined || index >= DIAGNOSED)
                return described(one, undefined, options);
            const diagnosis = diagnose(cluster, one.object, {
                redact: options.redact ?? [],
                ...(options.assess ? { assess: options.assess } : {})
            });
            return described(one, await Promise.race([diagnosis, tooLate]), options);
        }));
    }
    finally {
        timer.abort();
    }
}
function described(one, diagnosis, options) {
    const name = nameOf({ ...one.ref, metadata: { ...one.ref } });
    const own = `${name}: ${one.failure ?? one.health.message}`;
    return {
        resource: resourceOf({ ...one.ref, metadata: { ...one.ref } }),
        status: statusOf(one, diagnosis),
        message: safeLine(diagnosis?.message ?? own, options.redact),
        events: diagnosis?.events ?? [],
        logs: diagnosis?.logs ?? []
    };
}
function statusOf(one, diagnosis) {
    if (one.object === undefined && one.health.status === 'Missing')
        return 'Missing';
    return one.failure !== undefined || diagnosis?.failing ? 'Degraded' : one.health.status;
}
function wait_rank(one) {
    if (one.failure !== undefined)
        return 0;
    return { Degraded: 1, Missing: 2, Unknown: 3, Progressing: 4, Suspended: 5, Healthy: 6 }[one.health.status];
}
/** As `objectId`: independent of the version. */
function idOf(ref) {
    return [(0,render_manifest/* groupOf */.F8)(ref), ref.kind, ref.namespace ?? '', ref.name].filter(Boolean).join('/');
}
function unique(refs) {
    return [...new Map(refs.map((ref) => [idOf(ref), ref])).values()];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/index.js







// EXTERNAL MODULE: ./src/targets/kubernetes/inventory.js
var kubernetes_inventory = __webpack_require__(5966);
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
    const helm = hooks_words(object, HELM);
    if (helm.length > 0) {
        if (helm.includes('crd-install') && isDefinition(object))
            return undefined;
        return {
            events: hooks_unique(helm.flatMap((word) => HELM_EVENTS[word] ?? [])),
            weight: integer(hooks_annotation(object, 'helm.sh/hook-weight')) ?? 0,
            deletePolicies: policies(object, 'helm.sh/hook-delete-policy')
        };
    }
    const argo = hooks_words(object, ARGO);
    if (argo.length === 0)
        return undefined;
    return {
        events: hooks_unique(argo.flatMap((word) => ARGO_EVENTS[word] ?? [])),
        weight: waveOf(object),
        deletePolicies: policies(object, 'argocd.argoproj.io/hook-delete-policy')
    };
}
/** The sync wave of an object; 0 when it names none, or none that is a number. */
function waveOf(object) {
    return integer(hooks_annotation(object, WAVE)) ?? 0;
}
/** What is wrong with the annotations of hooks and waves: a typo there would silently leave an object out. */
function hookProblems(object) {
    const problems = [];
    const check = (key, known) => {
        for (const word of hooks_words(object, key))
            if (!known.includes(word))
                problems.push(`${key} is "${word}"; it knows ${known.join(', ')}`);
    };
    check(HELM, [...Object.keys(HELM_EVENTS), ...(isDefinition(object) ? ['crd-install'] : [])]);
    check(ARGO, Object.keys(ARGO_EVENTS));
    check('helm.sh/hook-delete-policy', ['before-hook-creation', 'hook-succeeded', 'hook-failed']);
    check('argocd.argoproj.io/hook-delete-policy', ['BeforeHookCreation', 'HookSucceeded', 'HookFailed']);
    for (const key of ['helm.sh/hook-weight', WAVE]) {
        const value = hooks_annotation(object, key);
        if (value !== undefined && integer(value) === undefined)
            problems.push(`${key} is "${value}", which is no whole number`);
    }
    return problems;
}
function hooks_annotation(object, key) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', key));
}
function hooks_words(object, key) {
    const text = hooks_annotation(object, key);
    if (text === undefined)
        return [];
    return text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '');
}
function policies(object, key) {
    return hooks_unique(hooks_words(object, key).flatMap((word) => POLICIES[word] ?? []));
}
function integer(text) {
    return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
function isDefinition(object) {
    return object.kind === 'CustomResourceDefinition' && (0,render_manifest/* groupOf */.F8)(object) === 'apiextensions.k8s.io';
}
function hooks_unique(list) {
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
    const text = hooks_annotation(object, DEPENDS_ON);
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
const kinds_BUILT_IN_GROUPS = new Set([
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
    return !kinds_BUILT_IN_GROUPS.has((0,render_manifest/* groupOf */.F8)(object));
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
    return hooks_annotation(object, 'kapp.k14s.io/disable-default-change-group-and-rules') === undefined;
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
    ['APIService', 'apiregistration.k8s.io']
]);
/**
 * A registration of a server of our own with the API server. From the moment it exists, a backend is called that is
 * perhaps only about to start, and what is still to come may be refused: so these come last.
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
const graph_NOTHING = [];
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
        return this.#waitsFor[node] ?? graph_NOTHING;
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
            for (const dependency of waitsFor ?? graph_NOTHING)
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
function problems_nameOf(object) {
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
        return manifest ? problems_nameOf(manifest.object) : '';
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
const LAST = { text: 'webhooks and API services come after their backends', healthy: false };
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
    const [registrations, first] = registrations_split(objects);
    if (registrations.length === 0)
        return;
    graph.preferPairs(registrations.flatMap((index) => backendsOf(objects[index], objects).map((backend) => [index, backend])), BACKEND);
    const awaited = graph.awaited();
    const last = registrations.filter((index) => !awaited.has(index));
    graph.preferAll(last, first, LAST);
}
/** In deleting, registrations go before the backends that they call. */
function registrationEdgesForDelete(graph, objects) {
    const [registrations, others] = registrations_split(objects);
    graph.preferAll(others, registrations, LAST);
}
function registrations_split(objects) {
    const [registrations, others] = [[], []];
    for (const [index, object] of objects.entries())
        (isRegistration(object) ? registrations : others).push(index);
    return [registrations, others];
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
    return graph.levels().flatMap((level) => splitHooks(level, graph, manifests, phase));
}
/** Hooks of one weight: a Job starts when the accounts and settings of the same weight are there (Helm sorts by kind). */
const WORKLOADS_LAST = {
    text: 'workloads come last among hooks of one weight',
    first: (object) => podSpecOf(object) === undefined,
    second: (object) => podSpecOf(object) !== undefined
};
/** Argo's Sync hooks stand in the graph like any object; to be run they get a level of their own. */
function splitHooks(level, graph, manifests, phase) {
    const pick = (indexes) => [...indexes].map((index) => manifests[index]).filter((one) => one !== undefined);
    const required = new Set(level.flatMap((index) => graph.dependencies(index, true)));
    const requires = pick([...required].sort((a, b) => a - b)).filter((manifest) => !hookOf(manifest.object));
    if (phase !== 'main')
        return [{ phase, manifests: pick(level), requires }];
    const main = pick(level).filter((manifest) => !hookOf(manifest.object));
    const hooks = pick(level).filter((manifest) => hookOf(manifest.object));
    const levels = [];
    if (main.length > 0)
        levels.push({ phase: 'main', manifests: main, requires });
    if (hooks.length > 0)
        levels.push({ phase: 'before', manifests: hooks, requires: main.length > 0 ? [] : requires });
    return levels;
}
function checkAnnotations(manifests) {
    const details = manifests.flatMap((manifest) => {
        const { object } = manifest;
        if (object.metadata['annotations'] === undefined)
            return [];
        return [...hookProblems(object), ...changeRulesOf(object).problems].map((problem) => `${placeOf(manifest)}${problems_nameOf(object)}: ${problem}`);
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
    const waiting = manifests.filter((manifest) => hooks_annotation(manifest.object, DEPENDS_ON) !== undefined);
    if (waiting.length === 0)
        return [];
    const byReference = new Map(manifests.map((manifest) => [referenceOf(manifest.object), manifest]));
    return waiting.flatMap((manifest) => {
        const { references, problems } = dependsOnText(manifest.object, (target) => byReference.has(target));
        const details = problems.map((problem) => `${placeOf(manifest)}${problems_nameOf(manifest.object)}: ${problem}`);
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
    const name = problems_nameOf(waiter.object);
    return `${placeOf(waiter)}${name} waits for ${problems_nameOf(first.object)} (${rule}), which comes later: it is in ${other?.title}, ${name} in ${own?.title}`;
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





// EXTERNAL MODULE: ./src/targets/kubernetes/client/explain.js
var explain = __webpack_require__(5343);
;// CONCATENATED MODULE: ./src/targets/kubernetes/declared.js






/**
 * Prepares the rendered manifests for one target. Nothing is written.
 * @throws GitOpsError with one detail per manifest that cannot be: an unknown kind, two that are the same object
 *   once namespaces are filled in, one that claims membership of an ApplySet
 */
async function declare(cluster, manifests, options) {
    const problems = [];
    const brought = kindsBroughtBy(manifests);
    const members = [];
    const hooks = [];
    const seen = new Map();
    for (const manifest of manifests) {
        const { object } = manifest;
        const resource = await cluster.resourceFor(object.apiVersion, object.kind);
        const namespaced = resource?.namespaced ?? brought.get(`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`);
        if (namespaced === undefined) {
            problems.push(`${place(manifest)}: ${await declared_unknownKind(cluster, object)}`);
            continue;
        }
        const labels = (0,json/* asObject */.eB)(object.metadata['labels']);
        if (labels?.[kubernetes_inventory/* PART_OF_LABEL */.vr] !== undefined) {
            problems.push(`${place(manifest)}: ${(0,render_manifest/* objectId */.Tu)(object)} carries the label ${kubernetes_inventory/* PART_OF_LABEL */.vr}, which only the tool that applies may set. Remove it.`);
            continue;
        }
        const named = withNamespace(manifest, namespaced ? ((0,render_manifest/* namespaceOf */.N6)(object) ?? options.namespace) : undefined);
        // The form that is sent is the form that is compared: what differs only by its spelling would be owned differently.
        const placed = { ...named, object: payloadOf(named.object, resource) };
        const id = (0,render_manifest/* objectId */.Tu)(placed.object);
        const other = seen.get(id);
        if (other) {
            problems.push(`${place(manifest)}: ${id} is declared twice, first in ${place(other)}. Keep one of them.`);
            continue;
        }
        seen.set(id, manifest);
        if (hookOf(object))
            hooks.push(placed);
        else
            members.push({
                id,
                manifest: labelled(placed, options.applySetId),
                namespace: (0,render_manifest/* namespaceOf */.N6)(placed.object),
                resource
            });
    }
    if (problems.length > 0)
        throw new errors/* GitOpsError */.$(problems.length === 1
            ? problems[0]
            : `${problems.length} manifests cannot be applied; nothing was changed.`, {
            details: problems.length === 1 ? [] : problems,
            hint: 'Correct the manifests; nothing was written to the cluster.'
        });
    return { members, hooks };
}
/** `file:line` of a manifest. */
function place(manifest) {
    return manifest.source.line === undefined ? manifest.source.file : `${manifest.source.file}:${manifest.source.line}`;
}
/** `group/Kind` → namespaced, for the kinds that CRDs of the set define. */
function kindsBroughtBy(manifests) {
    const kinds = new Map();
    for (const { object } of manifests) {
        if (object.kind !== 'CustomResourceDefinition' || (0,render_manifest/* groupOf */.F8)(object) !== 'apiextensions.k8s.io')
            continue;
        const kind = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'names', 'kind'));
        const group = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'));
        if (kind && group)
            kinds.set(`${group}/${kind}`, (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'scope')) !== 'Cluster');
    }
    return kinds;
}
async function declared_unknownKind(cluster, object) {
    const versions = (await cluster.resources())
        .filter((resource) => resource.kind === object.kind && resource.group === (0,render_manifest/* groupOf */.F8)(object))
        .map((resource) => (resource.group === '' ? resource.version : `${resource.group}/${resource.version}`));
    const group = (0,render_manifest/* groupOf */.F8)(object);
    if (versions.length > 0)
        return `the API server does not serve ${object.kind} in ${object.apiVersion}; it serves ${[...new Set(versions)].join(', ')}.`;
    if (group.includes('.') && !group.endsWith('.k8s.io'))
        return `the API server knows no ${object.kind} of ${object.apiVersion}: its CustomResourceDefinition (group ${group}) is neither installed nor in this set.`;
    return `the API server knows no kind ${object.kind} in ${object.apiVersion}. Check the spelling of kind and apiVersion.`;
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
    const labels = { ...(0,json/* asObject */.eB)(manifest.object.metadata['labels']), [kubernetes_inventory/* PART_OF_LABEL */.vr]: applySetId };
    return { ...manifest, object: { ...manifest.object, metadata: { ...manifest.object.metadata, labels } } };
}
/** True when a live object is held by a controller or carries somebody's owner reference. */
function hasOwner(object) {
    return ((0,json/* asList */.DD)(object.metadata['ownerReferences'])?.length ?? 0) > 0;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/options.js
/** Set on an object to let a deploy delete and create it anew when a field cannot be changed in place. */
const REPLACE_ANNOTATION = 'gitops-actions.dev/replace';

;// CONCATENATED MODULE: ./src/targets/kubernetes/problems.js









/** Why objects cannot be applied: one sentence each, with the place of the manifest, the reason and what to do. */
function preflightProblems(checked) {
    return checked.flatMap((one) => (one.result === 'refused' ? [problems_explain(one.error, where(one.declared.manifest))] : []));
}
/** The same for an object that exists. Foreign membership and conflicts stop a deploy; healing takes back. */
function comparisonProblems(comparison, live, options) {
    const subject = where(comparison.manifest);
    const owner = (0,json/* asString */.oJ)((0,json.at)(live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr));
    if (owner !== undefined && owner !== options.setId && options.deploy)
        return [
            `${subject} belongs to another target's set (${kubernetes_inventory/* PART_OF_LABEL */.vr}=${owner}) and is not taken over. Declare it in one target only; to move it here, let that one go of it first: kubectl label ${problems_labelled(live)} ${kubernetes_inventory/* PART_OF_LABEL */.vr}-`
        ];
    if (comparison.verdict === 'error')
        return [problems_explain(comparison.error, subject)];
    if (comparison.verdict === 'replace' && !mayReplace(comparison.manifest.object))
        return [
            `${subject}: ${comparison.reason ?? 'a field cannot be changed in place'}. Delete the object yourself, or set the annotation ${REPLACE_ANNOTATION}: "true" to let a deploy delete and create it anew.`
        ];
    return options.deploy ? conflictProblems(subject, comparison.conflicts, options.conflicts) : [];
}
/** The one error for a target that cannot be applied. */
function refusal(target, problems) {
    const [first] = problems;
    const hint = 'Nothing was written.';
    if (problems.length === 1 && first !== undefined)
        return new errors/* GitOpsError */.$(`Target "${target}": ${first}`, { hint });
    return new errors/* GitOpsError */.$(`Target "${target}": ${problems.length} objects cannot be applied.`, {
        details: problems,
        hint
    });
}
/** An object as arguments of kubectl. */
function problems_labelled(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
    return `${kind}/${object.metadata.name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
function where(manifest) {
    return `${place(manifest)}: ${describe(manifest.object)}`;
}
/** An error as one text: what the API server said, and what to do next. */
function problems_explain(error, doing) {
    const known = error instanceof kubernetes_cluster/* ApiError */.h ? (0,explain/* describeApiError */.g)(error, doing) : error;
    if (known instanceof errors/* GitOpsError */.$)
        return [known.message, ...known.details, known.hint].filter((part) => part !== undefined && part !== '').join(' ');
    return `${doing}: ${(0,errors/* messageOf */.b)(known)}`;
}
function mayReplace(object) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', REPLACE_ANNOTATION)) === 'true';
}
function conflictProblems(subject, conflicts, policy) {
    if (policy === 'force')
        return [];
    return conflicts
        .filter((conflict) => conflict.kind === 'applier' || (policy === 'fail' && conflict.kind === 'person'))
        .map((conflict) => {
        const since = conflict.time ? ` since ${conflict.time}` : '';
        return `${subject}: ${conflict.path} is owned by ${conflict.manager} (${conflict.operation}${since}). Take the field out of the manifest, stop ${conflict.manager} from managing this object, or set field-conflicts: force to take it over.`;
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/hooks.js









/**
 * Runs the hooks of one level (same phase and weight) and waits until they are done. As in Helm, an older hook object
 * of the same name is deleted first when no delete policy is given, and what the policies say is deleted only when
 * the whole level has ended. An object that is neither a hook nor ours is not touched, whatever its name.
 * @returns the failure that must stop the deploy, if there is one; results are appended
 */
async function runHooks(options, hooks, deadline, results) {
    const { cluster } = options;
    let current = hooks[0]?.object;
    try {
        for (const { object } of hooks) {
            current = object;
            const policies = hookOf(object)?.deletePolicies ?? [];
            const live = await cluster.get(refOf(object));
            if (live)
                refuseForeign(options, live);
            if (live && (policies.length === 0 || policies.includes('before-hook-creation')))
                await deleteAndWait(options, live, deadline);
            await cluster.apply(object, { force: true });
            results.push({ resource: resourceOf(object), action: live ? 'replaced' : 'created' });
        }
        const failure = await waitFor(options, hooks.map((hook) => hook.object), deadline);
        const ended = failure ? 'hook-failed' : 'hook-succeeded';
        for (const { object } of hooks) {
            if (!hookOf(object)?.deletePolicies.includes(ended))
                continue;
            const live = await cluster.get(refOf(object));
            if (live)
                await deleteAndWait(options, live, deadline);
        }
        return failure && { ...failure, message: `A hook failed: ${failure.message}` };
    }
    catch (error) {
        return {
            message: `A hook failed: ${current ? problems_explain(redactedError(current, error), describe(current)) : String(error)}`,
            resources: []
        };
    }
}
/** @throws GitOpsError when a hook would overwrite or delete what somebody keeps under its name */
function refuseForeign(options, live) {
    if (hookOf(live))
        return;
    const { environment, id: target, namespace } = options;
    if ((0,json.at)(live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr) === (0,kubernetes_inventory/* applySetId */.A3)({ environment, target, namespace }))
        return;
    throw new errors/* GitOpsError */.$(`${describe(live)} exists and is no hook, so it is not replaced by one.`, {
        hint: 'Give the hook another name, or remove the object.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/apply.js










/** Concurrent writes inside a level; the client adapts below that to what the API server bears. */
const apply_CONCURRENCY = 32;
/** Node takes a longer timer for one of a millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;
/**
 * Sends what the plan found, level by level in the order of the set: parallel inside a level, and no level starts
 * after one that failed. Everything that was not sent is in the results as skipped, so a re-run knows what is left.
 */
async function applyPlan(options, prepared, run) {
    const results = [];
    for (const namespace of prepared.namespaces) {
        // It may be there already: the inventory's own namespace is created before anything else.
        if (!(await options.cluster.get(refOf(namespace))))
            await options.cluster.apply(namespace, { force: true });
        results.push({ resource: resourceOf(namespace), action: 'created' });
    }
    let stopped;
    let waited = false;
    for (const level of prepared.levels) {
        if (!stopped && level.phase === 'after' && run.hooks && !waited) {
            stopped = await waitForTarget(options, prepared, run);
            waited = true;
        }
        if (stopped)
            results.push(...skipped(prepared, level));
        else
            stopped = await applyLevel(options, prepared, run, level, results);
    }
    if (!stopped && !waited)
        stopped = await waitForTarget(options, prepared, run);
    if (!stopped)
        return { status: 'succeeded', results };
    if (run.hooks && stopped.status === 'failed')
        for (const level of failureHooks(prepared.declared.hooks))
            await runHooks(options, level.manifests, run.deadline, results);
    return { ...stopped, results };
}
async function applyLevel(options, prepared, run, level, results) {
    if (options.signal?.aborted) {
        results.push(...skipped(prepared, level));
        return CANCELLED;
    }
    const steps = level.manifests.flatMap((manifest) => prepared.steps.get((0,render_manifest/* objectId */.Tu)(manifest.object)) ?? []);
    const hooks = level.phase !== 'main';
    if (hooks ? !run.hooks : steps.length === 0)
        return undefined;
    const unready = await waitForRequired(options, level, run.deadline);
    if (unready) {
        results.push(...skipped(prepared, level));
        return stop(options, unready);
    }
    if (hooks) {
        const failure = await runHooks(options, level.manifests, run.deadline, results);
        return failure && stop(options, failure);
    }
    const outcomes = await (0,concurrency/* mapConcurrent */._)(steps, apply_CONCURRENCY, (step) => send(options, step, run.deadline));
    results.push(...outcomes);
    const failed = outcomes.filter((outcome) => outcome.action === 'failed');
    if (failed.length > 0)
        return { status: 'failed', failure: apply_failureOf(failed) };
    return options.signal?.aborted ? CANCELLED : undefined;
}
const CANCELLED = { status: 'cancelled', failure: { message: 'The run was cancelled.', resources: [] } };
function stop(options, failure) {
    return { status: options.signal?.aborted ? 'cancelled' : 'failed', failure };
}
/** What earlier levels have and this one builds on: the wave before, a definition that must be established. */
async function waitForRequired(options, level, deadline) {
    if (level.requires.length === 0)
        return undefined;
    const objects = level.requires.map((manifest) => manifest.object);
    const failure = await waitFor(options, objects, deadline);
    if (objects.some((object) => object.kind === 'CustomResourceDefinition'))
        options.cluster.refreshDiscovery();
    return failure;
}
async function waitForTarget(options, prepared, run) {
    if (!options.policy.wait)
        return undefined;
    // A deploy answers for the whole target, so that a re-run after a failed one still waits; healing for what it touched.
    const objects = prepared.plan.purpose === 'deploy'
        ? prepared.declared.members.map((member) => member.manifest.object)
        : [...prepared.steps.values()].map((step) => step.payload);
    const failure = await waitFor(options, objects, run.deadline, prepared.plan.changes.length > 0);
    return failure && stop(options, failure);
}
/**
 * Waits until all of `objects` are healthy; the failure when they are not in time or cannot become so. Where nothing was
 * `changed`, what crashed before will go on crashing.
 */
async function waitFor(options, objects, deadline, changed = true) {
    const now = options.now ?? (() => new Date());
    const waited = await waitUntilHealthy(options.cluster, objects.map(refOf), {
        deadline: Math.min(Math.max(0, deadline - now().getTime()), LONGEST_TIMER),
        log: options.log,
        failFast: true,
        patience: { secondChance: changed },
        ...(options.signal ? { signal: options.signal } : {})
    });
    if (waited.cancelled)
        return {
            message: 'The run was cancelled while it waited for objects to become healthy.',
            resources: waited.unhealthy
        };
    if (waited.unhealthy.length === 0)
        return undefined;
    return unhealthyFailure(waited.unhealthy, waited.timedOut, options.policy.timeout);
}
async function send(options, step, deadline) {
    const { cluster, signal } = options;
    const resource = resourceOf(step.payload);
    if (signal?.aborted)
        return { resource, action: 'skipped', message: 'the run was cancelled' };
    try {
        if (step.live && (step.leaving || step.action === 'replace'))
            await deleteAndWait(options, step.live, deadline);
        else if (step.live) {
            const { adoption } = step;
            if (adoption)
                await patchAsItIs(cluster, step.live, (live) => (live === step.live ? adoption : adoptionPatch(live))?.ops);
            const { foreign } = step;
            if (foreign)
                await patchAsItIs(cluster, step.live, (live) => removalPatch(live, foreign), { fieldManager: REVERT_MANAGER });
        }
        if (step.action !== 'remove-foreign')
            await cluster.apply(step.payload, { force: true });
        return { resource, action: DONE[step.action] };
    }
    catch (error) {
        return {
            resource,
            action: 'failed',
            message: problems_explain(redactedError(step.payload, error), `Applying ${describe(step.payload)}`)
        };
    }
}
const DONE = {
    create: 'created',
    update: 'updated',
    replace: 'replaced',
    reclaim: 'updated',
    'remove-foreign': 'updated'
};
/**
 * Sends a patch that holds for one version of an object. When the object changed since it was read (a controller wrote
 * its status), the patch is made anew from what the object is now.
 */
async function patchAsItIs(cluster, read, make, options = {}) {
    let live = read;
    for (let attempt = 1; live; attempt++) {
        const ops = make(live);
        if (!ops)
            return;
        try {
            await cluster.patch(refOf(live), 'json', ops, options);
            return;
        }
        catch (error) {
            // 422 is a "test" of the patch that does not hold.
            if (!(error instanceof kubernetes_cluster/* ApiError */.h) || (error.code !== 409 && error.code !== 422) || attempt === 5)
                throw error;
            live = await cluster.get(refOf(live));
        }
    }
}
function skipped(prepared, level) {
    return level.manifests
        .filter((manifest) => hookOf(manifest.object) === undefined && prepared.steps.has((0,render_manifest/* objectId */.Tu)(manifest.object)))
        .map((manifest) => ({
        resource: resourceOf(manifest.object),
        action: 'skipped',
        message: 'an earlier step failed'
    }));
}
function apply_failureOf(failed) {
    const lines = failed.map((result) => `${result.resource.id}: ${result.message ?? 'failed'}`);
    return {
        message: failed.length === 1
            ? `${lines[0]}`
            : `${failed.length} objects could not be applied: ${lines.slice(0, 5).join('; ')}${failed.length > 5 ? '; …' : ''}`,
        hint: 'What was applied before stays; correct the cause and run again: a re-run continues.',
        resources: []
    };
}
function unhealthyFailure(unhealthy, timedOut, timeout) {
    const [first] = unhealthy;
    const more = unhealthy.length > 1 ? ` (and ${unhealthy.length - 1} more)` : '';
    const what = first
        ? `${first.resource.kind} ${first.resource.namespace ? `${first.resource.namespace}/` : ''}${first.resource.name}`
        : 'an object';
    const message = first?.message.startsWith(what) ? first.message : `${what}: ${first?.message ?? 'not healthy'}`;
    return {
        message: timedOut ? `Not healthy within ${Math.round(timeout / 1000)} s: ${message}${more}` : `${message}${more}`,
        hint: timedOut
            ? 'Its events and last log lines are in the summary and the log; raise "timeout" if it only needs longer.'
            : 'Its events and last log lines are in the summary and the log. Correct the cause, or merge a revert of the change.',
        resources: unhealthy
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/lease.js





/** How far the clocks of two runners may be apart before one takes the other's lease for ended. */
const SKEW_SECONDS = 60;
/** How long a holder that stopped renewing keeps others out: a crashed run frees its target after this. */
const DURATION_SECONDS = 30;
const RENEW_MILLISECONDS = 10_000;
/**
 * Runs `work` while holding the target's Lease, so that two runs never write to one target at the same time. The
 * signal given to `work` aborts when the lease is lost to somebody else. Credentials that may not use leases get a
 * warning instead: then only GitHub's `concurrency` keeps runs apart.
 * @throws GitOpsError naming the holder when another run still holds the lease at the deadline
 */
async function withLease(options, work) {
    const lost = new AbortController();
    try {
        await acquire(options);
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.h) || error.code !== 403)
            throw error;
        options.log.warning(`The lease of target ${options.key.target} cannot be taken (${error.message}). Two runs at the same time would not notice each other; give the deployer the verbs get, create, patch and delete on leases.coordination.k8s.io.`);
        return work(lost.signal);
    }
    const timer = setInterval(() => void renew(options, lost), RENEW_MILLISECONDS);
    try {
        return await work(lost.signal);
    }
    finally {
        clearInterval(timer);
        if (!lost.signal.aborted)
            await release(options);
    }
}
async function acquire(options) {
    let said = false;
    let seen = { version: undefined, at: options.now().getTime() };
    for (;;) {
        const live = await options.cluster.get(ref(options.key));
        const version = (0,json/* asString */.oJ)((0,json.at)(live, 'metadata', 'resourceVersion'));
        if (seen.version !== version)
            seen = { version, at: options.now().getTime() };
        if (await take(options, live, seen))
            return;
        if (options.signal?.aborted)
            throw new errors/* GitOpsError */.$(`The run was cancelled while it waited for target "${options.key.target}".`);
        const holder = (0,json/* asString */.oJ)((0,json.at)(live, 'spec', 'holderIdentity')) ?? 'another run';
        if (!said)
            options.log.info(`Target ${options.key.target} is held by ${holder}; waiting for it to finish.`);
        said = true;
        if (options.now().getTime() + 1000 > options.deadline)
            throw new errors/* GitOpsError */.$(`Target "${options.key.target}" is being written by another run: ${holder}.`, {
                hint: `Wait for that run, or cancel it. What a run that crashed held is free after ${DURATION_SECONDS} seconds.`
            });
        await (0,promises_.setTimeout)(1000);
    }
}
/** True when the lease is ours now. Somebody else may always be faster: then the API server refuses our write. */
async function take(options, live, seen) {
    const { cluster, key, holder } = options;
    const spec = {
        holderIdentity: holder,
        leaseDurationSeconds: DURATION_SECONDS,
        acquireTime: microTime(options.now()),
        renewTime: microTime(options.now())
    };
    try {
        if (!live) {
            await cluster.create({
                apiVersion: 'coordination.k8s.io/v1',
                kind: 'Lease',
                metadata: { name: (0,kubernetes_inventory/* inventoryName */.mu)(key), namespace: key.namespace },
                spec
            });
            return true;
        }
        const held = (0,json/* asString */.oJ)((0,json.at)(live, 'spec', 'holderIdentity'));
        if (held && held !== holder && !expired(live, seen, options.now()))
            return false;
        const resourceVersion = live.metadata['resourceVersion'] ?? null;
        await cluster.patch(ref(key), 'merge', { metadata: { resourceVersion }, spec });
        return true;
    }
    catch (error) {
        // 404 of a patch: it was released meanwhile. 404 of a create: there is no such namespace, and waiting brings none.
        if (error instanceof kubernetes_cluster/* ApiError */.h && (error.code === 409 || (live && error.code === 404)))
            return false;
        throw error;
    }
}
async function renew(options, lost) {
    try {
        const live = await options.cluster.get(ref(options.key));
        if ((0,json/* asString */.oJ)((0,json.at)(live, 'spec', 'holderIdentity')) !== options.holder) {
            lost.abort();
            return;
        }
        await options.cluster.patch(ref(options.key), 'merge', { spec: { renewTime: microTime(options.now()) } });
    }
    catch (error) {
        // An API server that is away for a moment: the next renewal comes before the lease ends.
        options.log.debug(`lease of ${options.key.target} not renewed: ${String(error)}`);
    }
}
/** Best effort: what is not released ends by itself. */
async function release(options) {
    try {
        const live = await options.cluster.get(ref(options.key));
        const uid = (0,json/* asString */.oJ)((0,json.at)(live, 'metadata', 'uid'));
        if (live && uid && (0,json/* asString */.oJ)((0,json.at)(live, 'spec', 'holderIdentity')) === options.holder)
            await options.cluster.delete(ref(options.key), { uid });
    }
    catch (error) {
        options.log.debug(`lease of ${options.key.target} not released: ${String(error)}`);
    }
}
/**
 * Whether its holder stopped renewing. The time in the lease is by the holder's clock, so it only counts where it is
 * long ago; else what counts is that nothing was renewed while we looked on.
 */
function expired(live, seen, now) {
    const renewed = Date.parse((0,json/* asString */.oJ)((0,json.at)(live, 'spec', 'renewTime')) ?? '');
    const duration = ((0,json/* asNumber */.i)((0,json.at)(live, 'spec', 'leaseDurationSeconds')) ?? DURATION_SECONDS) * 1000;
    if (Number.isNaN(renewed) || seen.at + duration < now.getTime())
        return true;
    return renewed + duration + SKEW_SECONDS * 1000 < now.getTime();
}
function ref(key) {
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: (0,kubernetes_inventory/* inventoryName */.mu)(key), namespace: key.namespace };
}
/** RFC 3339 with microseconds, as the Lease API wants it. */
function microTime(time) {
    return time.toISOString().replace('Z', '000Z');
}

;// CONCATENATED MODULE: ./src/targets/plan.js


/**
 * The digest that binds an approval to a plan: over target, declared set and changes (action, resource and each
 * field's before and after). Attribution, notes and secret fingerprints (keyed per run) do not count; for secrets
 * the caller's `declaredDigest` stands in.
 */
function planDigest(plan) {
    const value = {
        target: plan.target,
        kind: plan.kind,
        declared: plan.declaredDigest,
        changes: plan.changes.map((change) => ({
            action: change.action,
            resource: change.resource.id,
            fields: change.fields.map((field) => [field.path, digestible(field.before), digestible(field.after)])
        }))
    };
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update((0,json/* canonicalJson */.dj)(value)).digest('hex')}`;
}
function digestible(value) {
    return value.type === 'value' ? { value: value.value } : value.type;
}

// EXTERNAL MODULE: ./src/targets/kubernetes/elsewhere.js
var kubernetes_elsewhere = __webpack_require__(6730);
;// CONCATENATED MODULE: ./src/targets/kubernetes/findings.js




/** Collects what was found, object by object: problems all at once, so that one run shows everything there is to correct. */
class Findings {
    problems = [];
    notes = [];
    /** By object id. */
    changes = new Map();
    steps = new Map();
    foreign = [];
    #options;
    #purpose;
    constructor(options, purpose) {
        this.#options = options;
        this.#purpose = purpose;
    }
    create(member, unchecked) {
        const { object, source } = member.manifest;
        this.steps.set(member.id, { action: 'create', payload: object });
        this.changes.set(member.id, { action: 'create', resource: resourceOf(object), fields: [], source });
        if (unchecked)
            this.notes.push(`${describe(object)} could not be checked before writing: ${unchecked}.`);
    }
    /** An object that is on its way out is created anew once it is gone. */
    leaving(pair) {
        const { object, source } = pair.member.manifest;
        this.steps.set(pair.member.id, { action: 'create', payload: object, live: pair.live, leaving: true });
        this.changes.set(pair.member.id, {
            action: 'create',
            resource: resourceOf(object),
            fields: [],
            source,
            reason: 'the live object is being deleted; it is created anew once it is gone'
        });
    }
    compared(comparison, pair, setId) {
        const { policy } = this.#options;
        const problems = comparisonProblems(comparison, pair.live, {
            setId,
            deploy: this.#purpose === 'deploy',
            conflicts: policy.fieldConflicts
        });
        this.problems.push(...problems);
        if (problems.length > 0)
            return;
        const { id } = pair.member;
        const base = { resource: resourceOf(pair.live), source: comparison.manifest.source };
        const owner = (0,json/* asString */.oJ)((0,json.at)(pair.live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr));
        if (this.#purpose === 'drift' && owner !== undefined && owner !== setId) {
            // Taking it back would let the next deploy that does not declare it delete what is another target's by now.
            this.changes.set(id, {
                ...base,
                action: 'update',
                fields: comparison.fields,
                reason: `belongs to another target's set (${kubernetes_inventory/* PART_OF_LABEL */.vr}=${owner}) and is not taken back`,
                healable: false
            });
            return;
        }
        const reason = comparison.reason === undefined ? {} : { reason: comparison.reason };
        const step = {
            payload: comparison.payload,
            live: pair.live,
            ...(comparison.adoption ? { adoption: comparison.adoption } : {})
        };
        if (comparison.verdict === 'update' || comparison.verdict === 'replace') {
            this.changes.set(id, { ...base, ...reason, action: comparison.verdict, fields: comparison.fields });
            this.steps.set(id, { ...step, action: comparison.verdict });
        }
        else if (comparison.reclaim.length > 0 || comparison.adoption) {
            this.changes.set(id, {
                ...base,
                action: 'reclaim',
                fields: comparison.reclaim,
                reason: reclaimReason(comparison)
            });
            this.steps.set(id, { ...step, action: 'reclaim' });
        }
        if (comparison.adoption && this.#purpose === 'deploy')
            this.notes.push(`${describe(pair.live)} is taken over from ${comparison.adoption.from.join(', ')}; nothing restarts.`);
        if (this.#purpose !== 'drift' || comparison.foreign.length === 0)
            return;
        this.foreign.push({
            ...base,
            action: 'remove-foreign',
            fields: comparison.foreign,
            reason: 'fields that somebody added inside our object',
            healable: policy.foreignFields === 'revert'
        });
        if (policy.foreignFields === 'revert')
            this.steps.set(id, { action: 'remove-foreign', ...step, ...this.steps.get(id), foreign: comparison.foreign });
    }
}
function reclaimReason(comparison) {
    if (comparison.adoption)
        return `was made by ${comparison.adoption.from.join(', ')}, and is taken over as it is`;
    return 'the values are equal, but others own the fields';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/live.js




/**
 * Fetches everything that carries the target's membership label, of every type that it declares or ever owned.
 * One LIST per type: in the one namespace where that is all, else across namespaces, and namespace by namespace
 * where the credentials allow no more.
 */
async function readLive(cluster, key, declared, inventory) {
    const unserved = [];
    const types = new Map();
    for (const { resource } of declared)
        if (resource)
            types.set(`${resource.kind}.${resource.group}`, resource);
    for (const groupKind of inventory?.groupKinds ?? []) {
        const name = groupKind.includes('.') ? groupKind : `${groupKind}.`;
        if (types.has(name))
            continue;
        const resource = await preferred(cluster, name);
        if (resource)
            types.set(name, resource);
        else
            unserved.push(groupKind);
    }
    const namespaces = new Set([key.namespace, ...(inventory?.namespaces ?? [])]);
    for (const { namespace } of declared)
        if (namespace !== undefined)
            namespaces.add(namespace);
    const lists = await (0,concurrency/* mapConcurrent */._)([...types.values()], 16, (type) => listMembers(cluster, type, (0,kubernetes_inventory/* applySetId */.A3)(key), [...namespaces]));
    const members = new Map();
    for (const object of lists.flat())
        members.set((0,render_manifest/* objectId */.Tu)(object), object);
    return { members, unserved };
}
async function listMembers(cluster, type, id, namespaces) {
    const labelSelector = `${kubernetes_inventory/* PART_OF_LABEL */.vr}=${id}`;
    if (!type.namespaced)
        return (await cluster.list(type, { labelSelector })).items;
    const [only] = namespaces;
    if (namespaces.length === 1 && only !== undefined)
        return (await cluster.list(type, { namespace: only, labelSelector })).items;
    try {
        return (await cluster.list(type, { labelSelector })).items;
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.h) || error.code !== 403)
            throw error;
        const lists = await (0,concurrency/* mapConcurrent */._)(namespaces, 8, async (namespace) => (await cluster.list(type, { namespace, labelSelector })).items);
        return lists.flat();
    }
}
/** The served type of `Kind.group`, whatever its version; discovery lists the preferred version first. */
async function preferred(cluster, groupKind) {
    return (await cluster.resources()).find((type) => `${type.kind}.${type.group}` === groupKind && type.verbs.includes('list'));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/namespaces.js


/** Looks at every namespace that the target's inventory, members and hooks need. */
async function readNamespaces(cluster, home, declared, live) {
    const declaredNames = new Set(declared.members
        .filter((member) => namespaces_isNamespace(member.manifest))
        .map((member) => member.manifest.object.metadata.name));
    const used = new Set([home, ...declaredNames]);
    for (const member of declared.members)
        if (member.namespace !== undefined)
            used.add(member.namespace);
    for (const hook of declared.hooks) {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(hook.object);
        if (namespace !== undefined)
            used.add(namespace);
    }
    const missing = new Set();
    const create = [];
    const problems = [];
    for (const name of used) {
        const object = live.members.get(`Namespace/${name}`) ?? (await readNamespace(cluster, name));
        if (object === 'unknown')
            continue;
        if (!object) {
            missing.add(name);
            if (!declaredNames.has(name))
                create.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
        }
        else if (object.metadata['deletionTimestamp'] !== undefined)
            problems.push(`Namespace ${name} is being deleted. Wait until it is gone, or find what holds it: kubectl get namespace ${name} -o yaml.`);
    }
    return { missing, create, problems };
}
function namespaces_isNamespace(manifest) {
    return manifest.object.kind === 'Namespace' && (0,render_manifest/* groupOf */.F8)(manifest.object) === '';
}
/** Credentials for one namespace often may not read it as an object: then it exists, or the first request in it says so. */
async function readNamespace(cluster, name) {
    try {
        return await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name });
    }
    catch (error) {
        if (error instanceof kubernetes_cluster/* ApiError */.h && error.code === 403)
            return 'unknown';
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/preflight.js








/** Concurrent requests; the client adapts below that to what the API server bears. */
const preflight_CONCURRENCY = 32;
/**
 * Asks the API server what would become of objects that were not found among the target's members, without
 * writing: a dry-run apply validates, passes admission, and tells by its resourceVersion whether the object exists.
 * `newNamespaces` are those that this run creates first; their members are checked under another name in a
 * namespace that exists, because a dry run cannot see a namespace that is not there yet.
 */
async function preflight(cluster, declared, newNamespaces) {
    const checked = await (0,concurrency/* mapConcurrent */._)(declared, preflight_CONCURRENCY, (one) => check(cluster, one, newNamespaces));
    return checked.map((one) => {
        const needed = one.result === 'refused' ? neededOf(one, declared) : undefined;
        return needed === undefined
            ? one
            : { result: 'missing', declared: one.declared, unchecked: `it needs ${describe(needed)}, which this run creates` };
    });
}
/**
 * What an object was refused for not finding, when this very run creates that: a Pod's account or priority, the role
 * of a binding. A dry run does not see what other dry runs made.
 */
function neededOf({ declared: one, error }, created) {
    if ((error.code !== 403 && error.code !== 404) || (0,explain/* explainForbidden */.D)(error) !== undefined)
        return undefined;
    const object = one.manifest.object;
    const others = created.filter((other) => other.id !== one.id).map((other) => other.manifest.object);
    const role = (0,json.at)(object, 'roleRef', 'name');
    if (role !== undefined)
        return others.find((other) => other.kind === (0,json.at)(object, 'roleRef', 'kind') && other.metadata.name === role);
    if (!/not found|no PriorityClass with name/.test(error.message))
        return undefined;
    const words = new Set(error.message.split(/[^\w.:-]+/).flatMap((word) => [word, word.replace(/[:.]+$/, '')]));
    return others.find((other) => words.has(other.metadata.name));
}
/**
 * The same for hooks that this run will start, so that a mistake in the last of them is known before the first write.
 * They are asked for under another name: an older hook object of the same name is deleted before, and says nothing.
 */
async function preflightHooks(cluster, hooks, newNamespaces) {
    return (0,concurrency/* mapConcurrent */._)(hooks, preflight_CONCURRENCY, async (manifest) => {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(manifest.object);
        const resource = await cluster.resourceFor(manifest.object.apiVersion, manifest.object.kind);
        const declared = { id: (0,render_manifest/* objectId */.Tu)(manifest.object), manifest, namespace, resource };
        if (!resource)
            return { result: 'missing', declared };
        return checkElsewhere(cluster, declared, namespace !== undefined && newNamespaces.has(namespace) ? 'default' : namespace);
    });
}
async function check(cluster, declared, newNamespaces) {
    if (!declared.resource)
        return { result: 'missing', declared, unchecked: 'its CustomResourceDefinition is created by this run' };
    try {
        if (declared.namespace !== undefined && newNamespaces.has(declared.namespace))
            return await checkElsewhere(cluster, declared, 'default');
        const { object } = declared.manifest;
        const predicted = await cluster.apply(object, { dryRun: true, force: true });
        // A dry-run create is stored nowhere, so it has no resourceVersion.
        if ((0,json/* asString */.oJ)(predicted.metadata['resourceVersion']) === undefined)
            return { result: 'missing', declared, predicted };
        const live = await cluster.get(refOf(object));
        return live ? { result: 'exists', declared, live } : { result: 'missing', declared, predicted };
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.h))
            throw error;
        if (error.code === 400 && /does not support dry run/i.test(error.message))
            return { result: 'missing', declared, unchecked: `a webhook refuses dry runs (${error.message})` };
        return { result: 'refused', declared, error: redactedError(declared.manifest.object, error) };
    }
}
/** The trick of kluctl: validate under a random name in a namespace that exists, then undo the renaming. */
async function checkElsewhere(cluster, declared, namespace) {
    const { object } = declared.manifest;
    const stand = {
        ...object,
        metadata: {
            ...object.metadata,
            ...(namespace === undefined ? {} : { namespace }),
            name: `preflight-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`
        }
    };
    try {
        await cluster.apply(stand, { dryRun: true, force: true });
        return { result: 'missing', declared };
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.h))
            throw error;
        // What is refused about the stand-in itself (no right to write in `default`, a name with a meaning) says nothing about the object.
        if (error.code === 403 || error.code === 404 || error.causes.some((cause) => cause.field === 'metadata.name'))
            return { result: 'missing', declared, unchecked: 'its namespace is created by this run' };
        const message = error.message.replaceAll(stand.metadata.name, object.metadata.name);
        const named = new kubernetes_cluster/* ApiError */.h(error.code, error.reason, message, { causes: error.causes });
        return { result: 'refused', declared, error: redactedError(object, named) };
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/prune.js




/** Never deleted because a manifest went away: with them goes data, or everything inside. */
const PROTECTED_KINDS = new Set([
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'CustomResourceDefinition.apiextensions.k8s.io'
]);
/**
 * What pruning would delete. Only objects that carry our label *and* that our field manager applied, that no
 * controller owns (controllers copy labels to their children), that are of no protected kind and do not ask to be kept.
 * `problems` is why pruning is refused as a whole.
 */
function prunable(options, declared, live, inventory) {
    const notes = [];
    const remaining = [];
    const declaredIds = new Set(declared.members.map((member) => member.id));
    const leftOver = [...live.members].filter(([id, object]) => !declaredIds.has(id) && isOurs(object));
    const found = [];
    for (const [id, object] of leftOver) {
        const uid = (0,json/* asString */.oJ)(object.metadata['uid']);
        const kept = keptBecause(object);
        if (kept || !options.policy.prune)
            remaining.push(object);
        if (kept)
            notes.push(`${id} is no longer declared and is kept: ${kept}.`);
        else if (!options.policy.prune)
            notes.push(`${id} is no longer declared and is kept: prune is off.`);
        else if (uid !== undefined && object.metadata['deletionTimestamp'] === undefined)
            found.push({ object, uid });
    }
    const problems = [];
    const limit = limitOf(options.policy.maxPrune, live.members.size);
    const other = otherRepository(options.source?.repository, inventory);
    if (found.length > 0 && other !== undefined)
        problems.push(`what lives here was deployed from the repository ${other}, and pruning would delete ${found.length} of its objects (${listed(found)}). Give this target another name or namespace. If the repository was only renamed, deploy once with prune off.`);
    if (found.length > limit)
        problems.push(`pruning would delete ${found.length} of ${live.members.size} objects, more than max-prune (${options.policy.maxPrune}) allows: ${listed(found)}. If that is meant, raise max-prune for this run.`);
    return { prunable: found, kept: remaining, notes, problems };
}
/** Two repositories that chose the same names would delete each other's objects. */
function otherRepository(own, inventory) {
    const deployed = inventory?.record?.repository;
    return own === undefined || deployed === undefined || own.toLowerCase() === deployed.toLowerCase()
        ? undefined
        : deployed;
}
function listed(found) {
    const names = found.slice(0, 10).map((one) => prune_nameOf(one.object));
    return `${names.join(', ')}${found.length > 10 ? ', …' : ''}`;
}
/** The most deletions that `max-prune` allows among `total` objects; a share is rounded down, but one object is always allowed unless it is 0 %. */
function limitOf(maxPrune, total) {
    if (typeof maxPrune === 'number')
        return maxPrune;
    const share = Number.parseFloat(maxPrune) / 100;
    return share === 0 ? 0 : Math.max(1, Math.floor(share * total));
}
function isOurs(object) {
    if (hasOwner(object))
        return false;
    return ((0,json/* asList */.DD)(object.metadata['managedFields']) ?? []).some((entry) => (0,json/* asString */.oJ)((0,json.at)(entry, 'manager')) === kubernetes_cluster/* FIELD_MANAGER */.v && (0,json/* asString */.oJ)((0,json.at)(entry, 'operation')) === 'Apply');
}
function keptBecause(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    if (PROTECTED_KINDS.has(group === '' ? object.kind : `${object.kind}.${group}`))
        return `objects of kind ${object.kind} are deleted by hand only`;
    if ((0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', 'helm.sh/resource-policy')) === 'keep')
        return 'helm.sh/resource-policy: keep';
    const options = (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')) ?? '';
    if (options.split(',').some((option) => option.trim() === 'Prune=false'))
        return 'argocd.argoproj.io/sync-options: Prune=false';
    return undefined;
}
function prune_nameOf(object) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    return `${object.kind} ${namespace ? `${namespace}/` : ''}${object.metadata.name}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/unmanaged.js








/** What Kubernetes and its controllers keep for themselves, whoever's field manager wrote it. */
const unmanaged_BOOKKEEPING = new Set([
    'Event',
    'Event.events.k8s.io',
    'Endpoints',
    'EndpointSlice.discovery.k8s.io',
    'Lease.coordination.k8s.io',
    'ControllerRevision.apps',
    'CertificateSigningRequest.certificates.k8s.io',
    'PodMetrics.metrics.k8s.io',
    'CSIStorageCapacity.storage.k8s.io'
]);
/**
 * Objects that nobody declared, in the namespaces that this target declares: without anybody's membership label,
 * without an owner, not made by a controller, no bookkeeping. One LIST per type; what may not be listed is noted.
 */
async function findUnmanaged(cluster, declared) {
    const namespaces = declared.members
        .map((member) => member.manifest.object)
        .filter((object) => object.kind === 'Namespace' && (0,render_manifest/* groupOf */.F8)(object) === '')
        .map((object) => object.metadata.name);
    if (namespaces.length === 0)
        return { changes: [], notes: [] };
    const known = new Set([
        ...declared.members.map((member) => member.id),
        ...declared.hooks.map((hook) => (0,render_manifest/* objectId */.Tu)(hook.object))
    ]);
    const types = await listedOnce(cluster);
    const forbidden = new Set();
    const questions = types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace })));
    const found = await (0,concurrency/* mapConcurrent */._)(questions, 16, async ({ type, namespace }) => {
        try {
            const { items } = await cluster.list(type, { namespace, labelSelector: `!${kubernetes_inventory/* PART_OF_LABEL */.vr}` });
            return items.filter((object) => !known.has((0,render_manifest/* objectId */.Tu)(object)) && isSomebodys(object));
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.h))
                throw error;
            forbidden.add(type.group === '' ? type.plural : `${type.plural}.${type.group}`);
            return [];
        }
    });
    const notes = forbidden.size === 0
        ? []
        : [`Not looked for undeclared objects of: ${[...forbidden].sort().join(', ')} (may not be listed).`];
    return { changes: found.flat().map(unmanagedChange), notes };
}
function unmanagedChange(object) {
    const [creator] = entries_managedEntries(object)
        .filter((entry) => entry.subresource === undefined)
        .sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''));
    const created = (0,json/* asString */.oJ)(object.metadata['creationTimestamp']);
    return {
        action: 'unmanaged',
        resource: resourceOf(object),
        fields: [],
        reason: `exists in a namespace of this target, but nobody declared it${created ? `; created ${created}` : ''}`,
        healable: false,
        attribution: creator ? { known: true, ...actorOf(creator) } : { known: false, candidates: [] }
    };
}
/** Every namespaced type that can be listed, in one version, without what is bookkeeping. */
async function listedOnce(cluster) {
    const types = new Map();
    for (const type of await cluster.resources()) {
        const key = type.group === '' ? type.kind : `${type.kind}.${type.group}`;
        if (type.namespaced && type.verbs.includes('list') && !unmanaged_BOOKKEEPING.has(key) && !types.has(key))
            types.set(key, type);
    }
    return [...types.values()];
}
function isSomebodys(object) {
    if (hasOwner(object) || object.metadata['deletionTimestamp'] !== undefined)
        return false;
    const type = (0,json/* asString */.oJ)(object['type']);
    if (object.kind === 'Secret' && (type === kubernetes_inventory/* INVENTORY_TYPE */.uo || type === 'helm.sh/release.v1'))
        return false;
    if (type === 'kubernetes.io/service-account-token')
        return false;
    // Other tools' ApplySet parents, and what Helm hooks leave behind until their next run.
    if ((0,json.at)(object, 'metadata', 'labels', 'applyset.kubernetes.io/id') !== undefined)
        return false;
    if ((0,json.at)(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined)
        return false;
    if (object.kind === 'ServiceAccount' && object.metadata.name === 'default')
        return false;
    // An object without any field (an empty ConfigMap) has no entry, and nobody to ask.
    const entries = entries_managedEntries(object);
    return entries.length === 0 || entries.some((entry) => managerKind(entry.manager, entry.operation) !== 'system');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/plan.js



















/**
 * Computes what applying the declared set would do. Nothing is written; every object that is not proven unchanged
 * has been through the API server's validation and admission by a dry run.
 * @throws GitOpsError naming every object that cannot be applied and why
 */
async function preparePlan(options, secretKey, purpose) {
    const { cluster, policy } = options;
    const key = { environment: options.environment, target: options.id, namespace: options.namespace };
    const setId = (0,kubernetes_inventory/* applySetId */.A3)(key);
    const declared = await declare(cluster, options.manifests, { namespace: options.namespace, applySetId: setId });
    if (declared.members.length === 0)
        throw emptySet(options.id);
    const inventory = await (0,kubernetes_inventory/* readInventory */.zw)(cluster, key);
    const manifests = declared.members.map((member) => member.manifest);
    const live = await readLive(cluster, key, declared.members, inventory);
    const levels = orderForApply(purpose === 'deploy' ? [...manifests, ...declared.hooks] : manifests, {
        event: isInstalled(inventory, live) ? 'upgrade' : 'install'
    });
    const elsewhere = inventory ? [] : await (0,kubernetes_elsewhere/* otherHomes */.r)(cluster, key);
    const namespaces = await readNamespaces(cluster, key.namespace, declared, live);
    const absent = declared.members.filter((member) => !live.members.has(member.id));
    const checked = await preflight(cluster, absent, namespaces.missing);
    const hooks = levels.filter((level) => level.phase !== 'main').flatMap((level) => level.manifests);
    const checkedHooks = await preflightHooks(cluster, hooks, namespaces.missing);
    const found = new Findings(options, purpose);
    const pairs = [];
    for (const pair of existing(declared, live, checked))
        if (pair.live.metadata['deletionTimestamp'] === undefined)
            pairs.push(pair);
        else
            found.leaving(pair);
    const comparisons = await compareAll(cluster, pairs.map((pair) => ({ manifest: pair.member.manifest, live: pair.live })), {
        purpose,
        ignore: [...policy.ignore, ...(await autoscalerIgnores(cluster, declared))],
        secretKey,
        foreignFields: policy.foreignFields,
        log: options.log
    });
    found.problems.push(...namespaces.problems, ...preflightProblems([...checked, ...checkedHooks]));
    for (const one of checked)
        if (one.result === 'missing')
            found.create(one.declared, one.unchecked);
    comparisons.forEach((comparison, index) => {
        const pair = pairs[index];
        if (pair)
            found.compared(comparison, pair, setId);
    });
    const leftOver = prunable(options, declared, live, inventory);
    if (purpose === 'deploy')
        found.problems.push(...leftOver.problems);
    if (found.problems.length > 0)
        throw refusal(options.id, found.problems);
    const changes = [
        ...namespaces.create.map((namespace) => neededNamespace(namespace)),
        ...declared.members.flatMap((member) => found.changes.get(member.id) ?? []),
        ...found.foreign,
        ...leftOver.prunable.map((one) => deletion(one, leftOver.problems.length === 0))
    ];
    if (purpose === 'drift') {
        changes.push(...(await unhealthyChanges(cluster, pairs, found.changes)));
        if (policy.unmanaged === 'report') {
            const unmanaged = await findUnmanaged(cluster, declared);
            changes.push(...unmanaged.changes);
            found.notes.push(...unmanaged.notes);
        }
    }
    const base = {
        target: options.id,
        kind: 'kubernetes',
        purpose,
        changes,
        unchanged: declared.members.length - found.changes.size,
        notes: [
            ...(inventory?.damage ? [inventory.damage] : []),
            ...elsewhere,
            ...found.notes,
            ...leftOver.notes,
            ...leftOver.problems
        ],
        declaredDigest: options.declaredDigest
    };
    return {
        plan: { ...base, digest: planDigest(base) },
        declared,
        inventory,
        steps: found.steps,
        levels,
        namespaces: namespaces.create,
        prunable: leftOver.problems.length > 0 ? [] : leftOver.prunable,
        kept: leftOver.kept
    };
}
/**
 * Whether the hooks of an upgrade run, or those of an installation. An installation that never succeeded is made
 * again, its hooks included; a deleted inventory is no installation where members live.
 */
function isInstalled(inventory, live) {
    const record = inventory?.record;
    if (!record)
        return live.members.size > 0;
    return [record, ...record.history].some((one) => one.status === 'succeeded');
}
function* existing(declared, live, checked) {
    for (const member of declared.members) {
        const object = live.members.get(member.id);
        if (object)
            yield { member, live: object };
    }
    for (const one of checked)
        if (one.result === 'exists')
            yield { member: one.declared, live: one.live };
}
/** Replicas belong to the autoscaler, declared with the set or living beside it. */
async function autoscalerIgnores(cluster, declared) {
    const scaled = declared.members.filter((member) => (0,json.at)(member.manifest.object, 'spec', 'replicas') !== undefined);
    const manifests = declared.members.map((member) => member.manifest);
    if (scaled.length === 0)
        return [];
    const namespaces = [...new Set(scaled.flatMap((member) => member.namespace ?? []))];
    const types = (await cluster.resources()).filter((type) => (type.kind === 'HorizontalPodAutoscaler' && type.group === 'autoscaling' && type.version === 'v2') ||
        (type.kind === 'ScaledObject' && type.group === 'keda.sh'));
    const lists = await (0,concurrency/* mapConcurrent */._)(types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace }))), 8, async ({ type, namespace }) => {
        try {
            return (await cluster.list(type, { namespace })).items;
        }
        catch (error) {
            // Credentials that may not read autoscalers still know the declared ones.
            if (error instanceof kubernetes_cluster/* ApiError */.h && error.code === 403)
                return [];
            throw error;
        }
    });
    return defaultIgnores(manifests, lists.flat());
}
function emptySet(target) {
    return new errors/* GitOpsError */.$(`Target "${target}" declares no object.`, {
        hint: 'An empty set is never applied, because it would delete everything. To retire a target, remove it on purpose.'
    });
}
function neededNamespace(namespace) {
    return {
        action: 'create',
        resource: resourceOf(namespace),
        fields: [],
        reason: 'needed by this target and declared nowhere'
    };
}
function deletion(one, allowed) {
    return {
        action: 'delete',
        resource: resourceOf(one.object),
        fields: [],
        reason: 'no longer declared',
        healable: allowed
    };
}
/** Workloads that are degraded although their declaration has not changed. What changes anyway is judged after the change. */
async function unhealthyChanges(cluster, pairs, changes) {
    const steady = pairs.filter((pair) => !changes.has(pair.member.id));
    const sources = new Map(steady.map((pair) => [pair.member.id, pair.member.manifest.source]));
    const unhealthy = await findUnhealthy(cluster, steady.map((pair) => pair.live));
    return unhealthy.map((one) => {
        const source = sources.get(one.resource.id);
        return {
            action: 'unhealthy',
            resource: one.resource,
            fields: [],
            reason: one.message,
            healable: false,
            ...(source ? { source } : {})
        };
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/target.js














/** A set of Kubernetes objects in one cluster, owned through one inventory. */
function kubernetesTarget(options) {
    return new KubernetesTarget(options);
}
class KubernetesTarget {
    id;
    kind = 'kubernetes';
    #options;
    #key;
    #secretKey;
    /** What only this target needs to know to execute a plan of its own; a plan from elsewhere cannot be applied. */
    #prepared = new WeakMap();
    #instance = (0,external_node_crypto_.randomBytes)(4).toString('hex');
    /** Inventory as this instance wrote it last. */
    #inventory;
    constructor(options) {
        this.id = options.id;
        this.#options = options;
        this.#key = { environment: options.environment, target: options.id, namespace: options.namespace };
        this.#secretKey = options.secretKey ?? (0,external_node_crypto_.randomBytes)(32);
    }
    async plan(purpose) {
        const prepared = await this.#prepare(purpose);
        this.#prepared.set(prepared.plan, prepared);
        this.#inventory = undefined;
        return prepared.plan;
    }
    async #prepare(purpose) {
        try {
            return await preparePlan(this.#options, this.#secretKey, purpose);
        }
        catch (error) {
            throw error instanceof kubernetes_cluster/* ApiError */.h ? (0,explain/* describeApiError */.g)(error, `Target "${this.id}"`) : error;
        }
    }
    async apply(plan) {
        const prepared = this.#preparedOf(plan);
        const started = this.#now().getTime();
        const deadline = started + this.#options.policy.timeout;
        const applied = await failing(() => this.#applyPrepared(prepared, deadline));
        return { target: this.id, ...applied, seconds: (this.#now().getTime() - started) / 1000 };
    }
    async #applyPrepared(prepared, deadline) {
        const { plan } = prepared;
        const previous = prepared.inventory?.record;
        if (plan.purpose === 'drift') {
            await this.#ensureHome(prepared);
            return this.#locked(deadline, async (options) => {
                const current = await this.#currentOf(prepared);
                return applyPlan(options, current, { hooks: false, deadline });
            });
        }
        const settled = previous?.status === 'succeeded' && previous.digest === plan.declaredDigest && plan.changes.length === 0;
        const run = { hooks: !settled, deadline };
        // A deploy that repeats the last one writes nothing at all; it only makes sure that everything is healthy.
        if (settled && previous.revision === this.#options.source.revision) {
            const applied = await applyPlan(this.#options, prepared, run);
            if (applied.status !== 'succeeded')
                await this.#recordFailure(prepared, previous, deadline);
            return applied;
        }
        await this.#ensureHome(prepared);
        return this.#locked(deadline, async (options) => {
            const current = await this.#currentOf(prepared);
            const before = current.inventory?.record;
            await this.#record(current, before, 'in-progress', 'widen');
            const applied = await failing(() => applyPlan(options, current, run));
            await this.#record(current, before, applied.status === 'succeeded' ? 'succeeded' : 'failed', 'widen');
            return applied;
        });
    }
    /** The plan to execute now that the lease is ours: made anew where another run has deployed the same meanwhile. */
    async #currentOf(prepared) {
        if (!(await this.#refuseStale(prepared.inventory?.record)))
            return prepared;
        const current = await this.#prepare(prepared.plan.purpose);
        this.#prepared.set(prepared.plan, current);
        return current;
    }
    async prune(plan) {
        const prepared = this.#preparedOf(plan);
        const started = this.#now().getTime();
        if (prepared.prunable.length === 0 && !this.#inventory)
            return { target: this.id, status: 'succeeded', results: [], seconds: 0 };
        const pruned = await failing(() => this.#locked(started + this.#options.policy.timeout, async (options) => {
            await this.#refuseStale((this.#inventory ?? prepared.inventory)?.record);
            return this.#prunePrepared(options, prepared);
        }));
        return { target: this.id, ...pruned, seconds: (this.#now().getTime() - started) / 1000 };
    }
    /**
     * A plan is older than the lease under which it is executed. What another run deployed in between is newer than the
     * plan: executing it would take that back, and prune it.
     * @returns whether another run has deployed, but the same
     * @throws GitOpsError when another run has deployed something else
     */
    async #refuseStale(known) {
        const record = (await (0,kubernetes_inventory/* readInventory */.zw)(this.#options.cluster, this.#key))?.record;
        if (!record || (0,kubernetes_inventory/* sameDeployment */.qs)(record, known))
            return false;
        if (record.digest === this.#options.declaredDigest)
            return true;
        throw new errors/* GitOpsError */.$(`Target "${this.id}": another run has deployed since the plan was made: ${record.run ?? 'outside GitHub'}, ${record.time}.`, { hint: 'Nothing more was written. Run again to plan against what is there now.' });
    }
    async #prunePrepared(options, prepared) {
        const { cluster, signal } = options;
        const results = [];
        const uids = new Map(prepared.prunable.map((one) => [one.object, one.uid]));
        let failed = 0;
        for (const level of orderForPrune(prepared.prunable.map((one) => one.object))) {
            if (signal?.aborted || failed > 0) {
                results.push(...level.map((object) => ({ resource: resourceOf(object), action: 'skipped' })));
                continue;
            }
            const outcomes = await (0,concurrency/* mapConcurrent */._)(level, 16, async (object) => {
                const resource = resourceOf(object);
                const uid = uids.get(object);
                try {
                    const gone = await cluster.delete(refOf(object), {
                        propagation: 'Background',
                        ...(uid === undefined ? {} : { uid })
                    });
                    return { resource, action: 'pruned', ...(gone ? {} : { message: 'was gone already' }) };
                }
                catch (error) {
                    // The object that was planned is gone; another one has its name.
                    if (error instanceof kubernetes_cluster/* ApiError */.h && error.code === 409 && /precondition/i.test(error.message))
                        return { resource, action: 'pruned', message: 'was gone already; another object has its name' };
                    failed += 1;
                    return { resource, action: 'failed', message: (0,errors/* messageOf */.b)(error) };
                }
            });
            results.push(...outcomes);
        }
        const status = failed > 0 ? 'failed' : signal?.aborted ? 'cancelled' : 'succeeded';
        // Only when everything is gone may the inventory forget the types and namespaces it was in (KEP-3659: widen, apply, prune, shrink).
        if (status === 'succeeded' && prepared.plan.purpose === 'deploy' && this.#inventory)
            await this.#record(prepared, undefined, 'as-is', 'exact');
        if (failed === 0)
            return { status, results };
        const reason = results.find((one) => one.action === 'failed')?.message ?? '';
        const failure = {
            message: `${failed} objects that are no longer declared could not be deleted: ${reason}`,
            hint: 'They stay in the inventory; the next deploy tries again.',
            resources: []
        };
        return { status, results, failure };
    }
    deployed() {
        return (0,kubernetes_inventory.readDeployment)(this.#options.cluster, this.#key);
    }
    /** A deploy that wrote nothing and found its objects ill says so in the record, unless another run has the last word. */
    async #recordFailure(prepared, previous, deadline) {
        try {
            await this.#locked(deadline, async () => {
                await this.#refuseStale(previous);
                await this.#record(prepared, previous, 'failed', 'widen');
                return { status: 'failed', results: [] };
            });
        }
        catch (error) {
            this.#options.log.warning(`That target ${this.id} is not healthy could not be recorded: ${(0,errors/* messageOf */.b)(error)}`);
        }
    }
    /** The inventory lives in a namespace, which may be declared by this very set: that one object comes before everything. */
    async #ensureHome(prepared) {
        const { cluster } = this.#options;
        const home = [...prepared.steps.values()].find((step) => step.action === 'create' &&
            step.payload.kind === 'Namespace' &&
            (0,render_manifest/* groupOf */.F8)(step.payload) === '' &&
            step.payload.metadata.name === this.#key.namespace);
        if (home)
            await cluster.apply(home.payload, { force: true });
        else
            for (const namespace of prepared.namespaces)
                if (namespace.metadata.name === this.#key.namespace)
                    await cluster.apply(namespace, { force: true });
    }
    async #record(prepared, previous, status, extent) {
        const { cluster, environment, source, declaredDigest } = this.#options;
        const groupKinds = new Set();
        const namespaces = new Set();
        for (const object of [...prepared.declared.members.map((member) => member.manifest.object), ...prepared.kept]) {
            const group = (0,render_manifest/* groupOf */.F8)(object);
            groupKinds.add(group === '' ? object.kind : `${object.kind}.${group}`);
            const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
            if (namespace !== undefined)
                namespaces.add(namespace);
        }
        if (extent === 'widen') {
            for (const groupKind of prepared.inventory?.groupKinds ?? [])
                groupKinds.add(groupKind);
            for (const namespace of prepared.inventory?.namespaces ?? [])
                namespaces.add(namespace);
        }
        const record = status === 'as-is'
            ? this.#inventory?.record
            : (0,kubernetes_inventory/* nextRecord */.Pv)(this.#inventory?.record ?? previous, {
                target: this.id,
                environment,
                digest: declaredDigest,
                images: source.images,
                time: this.#now().toISOString(),
                status,
                ...(source.repository ? { repository: source.repository } : {}),
                ...(source.revision ? { revision: source.revision } : {}),
                ...(source.run ? { run: source.run } : {})
            });
        const inventory = {
            key: this.#key,
            groupKinds: [...groupKinds],
            namespaces: [...namespaces],
            ...(record ? { record } : {})
        };
        await (0,kubernetes_inventory/* writeInventory */.qu)(cluster, inventory);
        this.#inventory = inventory;
    }
    /** Runs `work` under the target's lease; its signal also stops it when the lease is lost. */
    #locked(deadline, work) {
        const { cluster, log, signal, source } = this.#options;
        const lease = {
            cluster,
            key: this.#key,
            // Two jobs of one run are two holders.
            holder: `${source.run ?? (0,external_node_os_.hostname)()} ${this.#instance}`,
            deadline,
            log,
            now: () => this.#now(),
            ...(signal ? { signal } : {})
        };
        return withLease(lease, (lost) => work({ ...this.#options, signal: signal ? AbortSignal.any([signal, lost]) : lost }));
    }
    #preparedOf(plan) {
        const prepared = this.#prepared.get(plan);
        if (!prepared)
            throw new Error(`the plan for ${plan.target} was not made by this target`);
        return prepared;
    }
    #now() {
        return this.#options.now?.() ?? new Date();
    }
}
/** What is thrown half way becomes a failed outcome: the run goes on with other targets, and reports. */
async function failing(work) {
    try {
        return await work();
    }
    catch (error) {
        const known = error instanceof kubernetes_cluster/* ApiError */.h ? (0,explain/* describeApiError */.g)(error, 'The run stopped') : error;
        const hint = known instanceof errors/* GitOpsError */.$ ? known.hint : undefined;
        const failure = { message: (0,errors/* messageOf */.b)(known), resources: [], ...(hint ? { hint } : {}) };
        return { status: 'failed', results: [], failure };
    }
}


/***/ }),

/***/ 3816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The suite's version: in the user agent, the inventory's tooling annotation and the reports. Held in step with package.json by a test. */
const VERSION = '0.1.0';


/***/ })

};
