export const id = 966;
export const ids = [966,343];
export const modules = {

/***/ 5343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dh: () => (/* binding */ explainForbidden),
/* harmony export */   FM: () => (/* binding */ describeForbidden),
/* harmony export */   describeApiError: () => (/* binding */ describeApiError),
/* harmony export */   t4: () => (/* binding */ ALLOWED_BY)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);
/* harmony import */ var _roles_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3669);



/** What stands before roles in a hint. */
const ALLOWED_BY = 'This would allow it:';
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
    const need = { user, verb, group, resource, namespace };
    return { ...need, name, role: (0,_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .rolesFor */ .Z)([need]) };
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
            hint: `${ALLOWED_BY}\n${forbidden.role}`,
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
/**
 * Several refusals of RBAC as one error with one text of roles. `also` are the verbs that will be asked for next: else
 * each run would only tell of one more.
 */
function describeForbidden(errors, doing, also) {
    const found = errors.flatMap((error) => explainForbidden(error) ?? []);
    const roles = (0,_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .rolesFor */ .Z)(found.flatMap((need) => [need, ...also.map((verb) => ({ ...need, verb }))]));
    const sentences = errors.map((error) => describeApiError(error, doing).message);
    const [first] = sentences;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(sentences.length === 1 && first !== undefined ? first : `${doing}: ${sentences.length} rights are missing.`, {
        details: sentences.length === 1 ? [] : sentences,
        hint: found.length === 0 ? 'See what the credentials may do: kubectl auth can-i --list.' : `${ALLOWED_BY}\n${roles}`,
        cause: errors[0]
    });
}
function hintOf(error) {
    if (/field not declared in schema|unknown field/.test(error.message))
        return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' };
    if (/attempting to grant RBAC permissions not currently held/.test(error.message))
        return {
            hint: 'Nobody can give away rights that they do not have: bind the deployer to a role with these rights, or allow it the verb escalate (for bindings: bind) on roles.'
        };
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


/***/ }),

/***/ 3669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ joinedRoles),
/* harmony export */   Z: () => (/* binding */ rolesFor)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** What is asked together: who may list and not watch, or patch and not read, is refused a moment later. */
const READING = ['get', 'list', 'watch'];
const TOGETHER = [
    READING,
    [...READING, 'create', 'patch'],
    [...READING, 'create', 'patch', 'update']
];
/**
 * Roles and ClusterRoles with their bindings that give these rights, as YAML: one pair for each user and namespace.
 * The name of each is made of what it says: applied beside earlier ones it takes nothing back.
 */
function rolesFor(needs) {
    const roles = new Map();
    for (const need of needs) {
        const role = entry(roles, `${need.user}\n${need.namespace ?? ''}`, () => ({ scope: need, rules: new Map() }));
        const rule = entry(role.rules, `${need.group}/${need.resource}`, () => ({ need, verbs: new Set() }));
        for (const verb of verbsWith(need))
            rule.verbs.add(verb);
    }
    return [...roles.values()]
        .map(({ scope, rules }) => {
        const lines = [...rules.values()].map(({ need, verbs }) => ruleOf(need, [...verbs]));
        return roleOf({ namespace: scope.namespace, subject: subjectOf(scope.user), lines });
    })
        .join(SEPARATOR);
}
const SEPARATOR = '\n---\n';
/** Texts that `rolesFor` gave as one: what concerns one user and namespace becomes one Role, each rule once. */
function joinedRoles(texts) {
    const roles = new Map();
    for (const text of texts)
        for (const [, , namespace, rules = '', subject = ''] of text.matchAll(WRITTEN)) {
            const role = entry(roles, `${namespace ?? ''}\n${subject}`, () => ({ namespace, subject, lines: [] }));
            for (const line of rules.split('\n'))
                if (line !== '' && !role.lines.includes(line))
                    role.lines.push(line);
        }
    return [...roles.values()].map(roleOf).join(SEPARATOR);
}
/** What `roleOf` writes. */
const WRITTEN = /^metadata: \{name: ([^,}]+)(?:, namespace: ([^}]+))?\}\nrules:\n((?:- .*\n)*)[\s\S]*?^subjects: \[(.*)\]$/gm;
function entry(map, key, make) {
    const known = map.get(key);
    if (known !== undefined)
        return known;
    const made = make();
    map.set(key, made);
    return made;
}
function verbsWith({ verb, resource }) {
    // A subresource (pods/log, pods/eviction) has one use.
    if (resource.includes('/'))
        return [verb];
    return TOGETHER.find((verbs) => verbs.includes(verb)) ?? [verb];
}
function ruleOf({ group, resource }, verbs) {
    return `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`;
}
function subjectOf(user) {
    const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user);
    return account
        ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
        : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`;
}
function roleOf(role) {
    const { namespace, subject, lines } = role;
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    const content = [kind, namespace ?? '', subject, ...lines].join('\n');
    const name = `gitops-actions-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex').slice(0, 8)}`;
    const metadata = `metadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}`;
    return [
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}`,
        metadata,
        'rules:',
        ...lines,
        '---',
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}Binding`,
        metadata,
        `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}`,
        `subjects: [${subject}]`
    ].join('\n');
}


/***/ }),

/***/ 8281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Et: () => (/* binding */ momentOf),
/* harmony export */   H8: () => (/* binding */ refOf),
/* harmony export */   KU: () => (/* binding */ resourceOf),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1632);

/** An object in the engine-neutral words of a plan. */
function resourceOf(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return {
        id: (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .objectId */ .Tu)(object),
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}
/** `Deployment shop/web`. */
function describe(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
}
/** Where the API server keeps an object. */
function refOf(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}
/** `2026-11-23 16:13:30 UTC`; what is no time as it is. */
function momentOf(time) {
    if (Number.isNaN(new Date(time).getTime()))
        return String(time);
    return new Date(time)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC');
}


/***/ }),

/***/ 5966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parentId),
/* harmony export */   A3: () => (/* binding */ applySetId),
/* harmony export */   Ns: () => (/* binding */ TOOLING),
/* harmony export */   Pv: () => (/* binding */ nextRecord),
/* harmony export */   X1: () => (/* binding */ ID_LABEL),
/* harmony export */   dK: () => (/* binding */ NAMESPACES),
/* harmony export */   dR: () => (/* binding */ keyOfInventory),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   k$: () => (/* binding */ GROUP_KINDS),
/* harmony export */   lD: () => (/* binding */ split),
/* harmony export */   mu: () => (/* binding */ inventoryName),
/* harmony export */   o8: () => (/* binding */ inventoryOf),
/* harmony export */   qs: () => (/* binding */ sameDeployment),
/* harmony export */   qu: () => (/* binding */ writeInventory),
/* harmony export */   readDeployment: () => (/* binding */ readDeployment),
/* harmony export */   uo: () => (/* binding */ INVENTORY_TYPE),
/* harmony export */   vr: () => (/* binding */ PART_OF_LABEL),
/* harmony export */   xP: () => (/* binding */ writeMemory),
/* harmony export */   zv: () => (/* binding */ recordOf),
/* harmony export */   zw: () => (/* binding */ readInventory)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3816);
/* harmony import */ var _client_explain_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5343);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5920);
/* harmony import */ var _describe_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8281);
/* harmony import */ var _ownership_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3109);








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
const OURS = 'gitops-actions/';
/** Type of the Secret that holds an inventory. */
const INVENTORY_TYPE = 'gitops-actions.dev/inventory';
const HISTORY_LENGTH = 20;
/** The name of the parent Secret. Environments and targets are DNS labels, so the dots keep them apart. */
function inventoryName(key) {
    return `gitops.${key.environment}.${key.target}`;
}
/** The ApplySet id of a target's inventory. */
function applySetId(key) {
    return parentId({ name: inventoryName(key), namespace: key.namespace, kind: 'Secret', group: '' });
}
/** The id of an ApplySet: `applyset-<base64url(sha256("name.namespace.kind.group"))>-v1`, as the specification computes it. */
function parentId(parent) {
    const text = `${parent.name}.${parent.namespace}.${parent.kind}.${parent.group}`;
    return `applyset-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('base64url')}-v1`;
}
/** The target whose inventory a Secret is, by its name; undefined when it is none of ours. */
function keyOfInventory(secret) {
    const namespace = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(secret.metadata['namespace']) ?? '';
    const [prefix, environment, target, ...rest] = secret.metadata.name.split('.');
    if (prefix !== 'gitops' || environment === undefined || target === undefined || rest.length > 0)
        return undefined;
    const key = { environment, target, namespace };
    const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'labels', ID_LABEL));
    // The type of a Secret cannot be changed: without its label it is one that was edited.
    return id === applySetId(key) || (id === undefined && secret['type'] === INVENTORY_TYPE) ? key : undefined;
}
/** The inventory in a parent Secret of ours. */
function inventoryOf(secret, key) {
    return {
        key,
        groupKinds: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', GROUP_KINDS)),
        namespaces: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', NAMESPACES)),
        parent: secret,
        ...memoryOf(secret),
        ...recordOf(secret, `Secret ${key.namespace}/${inventoryName(key)}`),
        ...editedBy(secret, key)
    };
}
/**
 * Whether somebody else wrote to an inventory. Its fields belong to our field manager for as long as only we write
 * them; whoever changes or removes one takes that away.
 */
function editedBy(secret, key) {
    const fields = [
        ['labels', ID_LABEL],
        ['annotations', TOOLING],
        ['annotations', GROUP_KINDS],
        ['annotations', NAMESPACES]
    ];
    const entries = (0,_ownership_index_js__WEBPACK_IMPORTED_MODULE_5__/* .managedEntries */ .mz)(secret);
    const own = (0,_ownership_index_js__WEBPACK_IMPORTED_MODULE_5__/* .ownEntry */ .Pl)(entries);
    const isOurs = (section, name) => (0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', section, name) !== undefined &&
        // Without any entry there is nobody to tell who wrote what.
        (entries.length === 0 || (0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(own?.fields, 'f:metadata', `f:${section}`, `f:${name}`) !== undefined);
    const lost = fields.filter(([section, name]) => !isOurs(section, name));
    if (lost.length === 0)
        return {};
    const others = entries.filter((entry) => lost.some(([section, name]) => (0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(entry.fields, 'f:metadata', `f:${section}`, `f:${name}`) !== undefined));
    const who = others.map(({ manager, time }) => ` by ${manager}${time === undefined ? '' : ` (${(0,_describe_js__WEBPACK_IMPORTED_MODULE_6__/* .momentOf */ .Et)(time)})`}`);
    return {
        edited: `The inventory of this target (Secret ${key.namespace}/${inventoryName(key)}) was edited${who.join(' and')}: ${lost.map(([, name]) => name).join(', ')}. So its objects are looked for everywhere, by their label.`
    };
}
/** Key of the Secret, and the field manager that owns it: a deploy writes the inventory anew and leaves this alone. */
const MEMORY = 'healing';
const MEMORY_MANAGER = 'gitops-actions-healing';
/**
 * Keeps what healing remembers with the inventory.
 * @throws ApiError when there is no inventory, or it may not be written
 */
async function writeMemory(cluster, key, value) {
    const data = { [MEMORY]: Buffer.from((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)(value)).toString('base64') };
    await cluster.patch(parentRef(key), 'merge', { data }, { fieldManager: MEMORY_MANAGER });
}
/** What cannot be read is forgotten: it only costs a few more healings. */
function memoryOf(secret) {
    const encoded = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'data', MEMORY));
    if (encoded === undefined)
        return {};
    try {
        return { memory: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(Buffer.from(encoded, 'base64').toString('utf8')) };
    }
    catch {
        return {};
    }
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
    const tooling = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', TOOLING)) ?? '';
    // Nobody can change the type of a Secret: by its type and its name it is ours, whatever was edited since.
    const isOurs = secret['type'] === INVENTORY_TYPE && (tooling === '' || tooling.startsWith(OURS));
    if (isOurs)
        return inventoryOf(secret, key);
    if (id !== applySetId(key))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} exists but is not the inventory of target "${key.target}" (${ID_LABEL} is ${id ?? 'missing'}).`, {
            hint: 'Rename or remove that Secret, or give the target another name.'
        });
    if (!tooling.startsWith(OURS))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} is the ApplySet of other tooling ("${tooling}").`, {
            hint: 'Only the tool that made an ApplySet may change it (KEP-3659). Remove its parent Secret first, or use another target name.'
        });
    return inventoryOf(secret, key);
}
/**
 * The deployment record of a target, from its inventory; undefined when nothing was ever deployed.
 * @throws GitOpsError when there is a record that cannot be read
 */
async function readDeployment(cluster, key) {
    let inventory;
    try {
        inventory = await readInventory(cluster, key);
    }
    catch (error) {
        if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD))
            throw error;
        throw (0,_client_explain_js__WEBPACK_IMPORTED_MODULE_3__.describeApiError)(error, `Reading the inventory of target "${key.target}"`);
    }
    const damage = inventory &&
        (inventory.damage ??
            (inventory.record
                ? undefined
                : `Secret ${key.namespace}/${inventoryName(key)}, the inventory of target "${key.target}", holds no record of what was deployed: somebody edited the inventory.`));
    if (damage)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(damage, { hint: 'Deploy once more: a deploy writes it anew.' });
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
            labels: { [ID_LABEL]: applySetId(key), 'app.kubernetes.io/managed-by': _cluster_js__WEBPACK_IMPORTED_MODULE_4__/* .FIELD_MANAGER */ .vy },
            annotations: {
                [TOOLING]: `gitops-actions/v${_version_js__WEBPACK_IMPORTED_MODULE_7__/* .VERSION */ .x}`,
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
/** The parts of a comma-separated annotation. */
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
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['status']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asObject */ .eB)(value['images']) !== undefined &&
        Array.isArray(value['history']) &&
        value['history'].every((one) => (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(one) && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(one['digest']) !== undefined));
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
