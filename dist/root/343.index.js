export const id = 343;
export const ids = [343];
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


/***/ })

};
