export const id = 569;
export const ids = [569];
export const modules = {

/***/ 56:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gy: () => (/* binding */ AwsError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   es: () => (/* binding */ awsError),
/* harmony export */   fH: () => (/* binding */ isMissingStack)
/* harmony export */ });
/** What AWS answered to a call that failed, or why there was no answer. */
class AwsError extends Error {
    name = 'AwsError';
    /** `CreateChangeSet`. */
    operation;
    /** `ValidationError`, `AccessDenied`, `ECONNREFUSED`; `Error` where there is none. */
    code;
    /** HTTP status; undefined when there was no answer. */
    status;
    constructor(operation, code, message, status, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.operation = operation;
        this.code = code;
        this.status = status;
    }
}
/** A failure of the SDK in our words: the operation it was, its code, its message. */
function awsError(operation, thrown) {
    if (thrown instanceof AwsError)
        return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const metadata = '$metadata' in error ? error.$metadata : undefined;
    const status = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
        ? metadata.httpStatusCode
        : undefined;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    return new AwsError(operation, code, error.message || code, typeof status === 'number' ? status : undefined, error);
}
const TRANSIENT = /^(?:Throttling|ThrottlingException|ThrottledException|RequestThrottled|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestTimeout|RequestTimeoutException|TimeoutError|InternalFailure|InternalError|ServiceUnavailable|ServiceUnavailableException|ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|NetworkingError)$/;
/** Whether the same call may succeed in a while. */
function isTransient(error) {
    return error instanceof AwsError && (TRANSIENT.test(error.code) || (error.status ?? 0) >= 500);
}
/** Whether AWS says that there is no such stack. */
function isMissingStack(error) {
    return error instanceof AwsError && error.code === 'ValidationError' && /does(?: not|n't) exist/i.test(error.message);
}


/***/ }),

/***/ 4569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cloudformationTarget: () => (/* reexport */ cloudformationTarget),
  readDeployment: () => (/* reexport */ readDeployment)
});

// UNUSED EXPORTS: CAPABILITIES, ON_FAILURE

// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var src_json = __webpack_require__(124);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ../node_modules/yaml/dist/index.js
var dist = __webpack_require__(6637);
// EXTERNAL MODULE: ./src/workspace.js
var workspace = __webpack_require__(85);
;// CONCATENATED MODULE: ./src/targets/cloudformation/template.js






/**
 * Reads a template, YAML or JSON.
 * @throws GitOpsError naming file and line
 */
function readTemplate(checkout, file) {
    const absolute = (0,workspace/* workspacePath */.X)(checkout, file);
    return parseTemplate(readText(absolute, file, 'template'), external_node_path_.relative((0,workspace/* workspacePath */.X)(checkout, '.'), absolute));
}
/** @throws GitOpsError when the file is not there */
function readText(absolute, file, what) {
    try {
        return (0,external_node_fs_.readFileSync)(absolute, 'utf8');
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        const why = code === 'EISDIR' ? 'is a directory' : (0,errors/* messageOf */.b)(error);
        if (code === 'ENOENT')
            throw new MissingFile(what, file);
        throw new errors/* GitOpsError */.$(`The ${what} ${file} ${why}.`, { hint: PATH_HINT });
    }
}
const PATH_HINT = 'The path is relative to the workspace. Was the repository checked out?';
/** A file that the declaration names is not there. */
class MissingFile extends errors/* GitOpsError */.$ {
    what;
    file;
    constructor(what, file) {
        super(`The ${what} ${file} does not exist.`, { hint: PATH_HINT });
        this.what = what;
        this.file = file;
    }
}
/** @throws GitOpsError naming file and line */
function parseTemplate(body, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(body, { lineCounter: lines, logLevel: 'silent', uniqueKeys: true });
    const [problem] = document.errors;
    if (problem) {
        const { line, col } = lines.linePos(problem.pos[0]);
        const why = (problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
        throw misplaced(`${file}:${line}:${col}: ${why}.`, file, line, 'Correct the template.');
    }
    const root = document.contents;
    if (!(0,dist/* isMap */.jh)(root))
        throw misplaced(`${file}: the template is no mapping.`, file, 1, TEMPLATE_HINT);
    const json = (0,src_json/* asObject */.eB)(plain(root, (node) => ((0,dist/* isAlias */.Vj)(node) ? node.resolve(document) : node))) ?? {};
    const resources = (0,src_json/* asObject */.eB)(json['Resources']);
    if (!resources || Object.keys(resources).length === 0)
        throw misplaced(`${file}: the template has no Resources.`, file, 1, TEMPLATE_HINT);
    const places = new Map();
    const block = root.get('Resources', true);
    if ((0,dist/* isMap */.jh)(block))
        for (const { key } of block.items)
            if ((0,dist/* isScalar */.jn)(key) && key.range)
                places.set(String(key.value), lines.linePos(key.range[0]).line);
    return {
        body,
        json,
        parameters: new Map(Object.entries((0,src_json/* asObject */.eB)(json['Parameters']) ?? {}).map(([name, one]) => [
            name,
            {
                type: (0,src_json/* asString */.oJ)((0,src_json.at)(one, 'Type')) ?? 'String',
                hasDefault: (0,src_json.at)(one, 'Default') !== undefined,
                noEcho: String((0,src_json.at)(one, 'NoEcho') ?? false).toLowerCase() === 'true'
            }
        ])),
        resources: new Map(Object.entries(resources).map(([id, one]) => [id, (0,src_json/* asString */.oJ)((0,src_json.at)(one, 'Type')) ?? ''])),
        place(logicalId) {
            const line = places.get(logicalId);
            return line === undefined ? undefined : { file, line };
        }
    };
}
const TEMPLATE_HINT = 'It must be a CloudFormation template, YAML or JSON, with at least one resource.';
/** Whether two templates say the same, however they are written. Text that is no template equals only itself. */
function sameTemplate(one, other) {
    if (one.body === other)
        return true;
    try {
        return (0,src_json/* canonicalJson */.dj)(one.json) === (0,src_json/* canonicalJson */.dj)(parseTemplate(other, 'deployed').json);
    }
    catch {
        return false;
    }
}
/**
 * Pointers (`/Properties/Password`) to values of a resource that are secret: made of a parameter with NoEcho or of a
 * dynamic reference to a secret.
 */
function secretPaths(template, logicalId) {
    const found = [];
    const hidden = new Set([...template.parameters].filter(([, one]) => one.noEcho).map(([name]) => name));
    walk((0,src_json.at)(template.json, 'Resources', logicalId) ?? null, '');
    return found;
    function walk(value, pointer) {
        if (isSecret(value, hidden))
            found.push(pointer);
        else if (Array.isArray(value))
            for (const [index, item] of value.entries())
                walk(item, `${pointer}/${index}`);
        else if ((0,src_json/* isObject */.Gv)(value) && !isFunction(value))
            for (const [key, item] of Object.entries(value))
                walk(item, `${pointer}/${key}`);
    }
}
function isSecret(value, hidden) {
    if (typeof value === 'string')
        return /\{\{resolve:(?:secretsmanager|ssm-secure):/.test(value);
    return isFunction(value) && mentions(value, hidden);
}
function mentions(value, hidden) {
    if (typeof value === 'string')
        return isSecret(value, hidden) || [...value.matchAll(/\$\{(\w+)\}/g)].some(([, name]) => hidden.has(name ?? ''));
    if (Array.isArray(value))
        return value.some((item) => mentions(item, hidden));
    if (!(0,src_json/* isObject */.Gv)(value))
        return false;
    const referenced = (0,src_json/* asString */.oJ)(value['Ref']);
    return ((referenced !== undefined && hidden.has(referenced)) || Object.values(value).some((item) => mentions(item, hidden)));
}
function isFunction(value) {
    const [key, ...others] = (0,src_json/* isObject */.Gv)(value) ? Object.keys(value) : [];
    return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
/** A node as JSON; `!Sub x` becomes `{"Fn::Sub": "x"}`. */
function plain(node, resolved) {
    const target = (0,dist/* isAlias */.Vj)(node) ? resolved(node) : node;
    if ((0,dist/* isMap */.jh)(target) || (0,dist/* isSeq */.oP)(target) || (0,dist/* isScalar */.jn)(target)) {
        const value = withoutTag(target, resolved);
        const { tag } = target;
        if (tag === undefined || !/^![A-Z]\w*$/.test(tag))
            return value;
        const name = tag.slice(1);
        if (name === 'Ref' || name === 'Condition')
            return { [name]: value };
        const [resource = '', ...attribute] = typeof value === 'string' ? value.split('.') : [];
        return name === 'GetAtt' && typeof value === 'string'
            ? { 'Fn::GetAtt': [resource, attribute.join('.')] }
            : { [`Fn::${name}`]: value };
    }
    return null;
}
function withoutTag(node, resolved) {
    if ((0,dist/* isSeq */.oP)(node))
        return node.items.map((item) => plain(item, resolved));
    if ((0,dist/* isMap */.jh)(node)) {
        const entries = node.items.map(({ key, value }) => [
            (0,dist/* isScalar */.jn)(key) ? String(key.value) : String(key),
            plain(value, resolved)
        ]);
        return Object.fromEntries(entries);
    }
    const value = (0,dist/* isScalar */.jn)(node) ? node.value : null;
    if (value instanceof Date)
        return value.toISOString();
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return value;
    return typeof value === 'bigint' ? value : null;
}
function misplaced(message, file, line, hint) {
    return new errors/* GitOpsError */.$(message, { hint, annotations: [{ place: { file, line }, message }] });
}
/** Names of the outputs that a template declares; undefined where a transform may add others. */
function outputNames({ json }) {
    const names = Object.keys((0,src_json/* asObject */.eB)(json['Outputs']) ?? {});
    return json['Transform'] !== undefined || names.some((name) => name.startsWith('Fn::')) ? undefined : names;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/targets/cloudformation/values.js


/** What CloudFormation writes for a value that is only known once it is done. */
const UNKNOWN_VALUE = /\{\{changeSet:KNOWN_AFTER_APPLY\}\}/g;
/** Shorter secrets are found by equality only: they are words that occur everywhere. */
const DISTINCT = 8;
/** Shorter texts are no secrets but words. */
const SHORTEST = 4;
/** Hides secret values: those that are known, and those at places that are known to be secret. */
class Values {
    #key;
    #secrets;
    constructor(key, secrets) {
        this.#key = key;
        this.#secrets = [...new Set(secrets)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
    }
    /** A value for a reader; `secret` for what lies at a secret place. */
    shown(value, secret = false) {
        if (value === undefined || value === null || value === '')
            return { type: 'absent' };
        // NoEcho: AWS itself shows nothing else.
        if (value === '****' || secret || this.#holds(value)) {
            const fingerprint = (0,external_node_crypto_.createHmac)('sha256', this.#key).update((0,src_json/* canonicalJson */.dj)(value)).digest('hex').slice(0, 16);
            return { type: 'secret', fingerprint };
        }
        return { type: 'value', value: known(value) };
    }
    /** A text with the secrets taken out: for messages of AWS that quote what was sent. */
    masked(text) {
        return this.#secrets
            .filter((secret) => secret.length >= SHORTEST)
            .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
    }
    #holds(value) {
        return texts(value).some((text) => this.#secrets.some((secret) => text === secret || (secret.length >= DISTINCT && text.includes(secret))));
    }
}
/** The leaves that differ between two values, each as a field; paths as a person writes them. */
function fieldsBetween(before, after, path, shown) {
    if ((0,src_json/* canonicalJson */.dj)(before ?? null) === (0,src_json/* canonicalJson */.dj)(after ?? null))
        return [];
    const present = [before, after].filter((one) => one !== undefined && one !== null);
    if (present.length > 0 && present.every(src_json/* isObject */.Gv)) {
        const names = new Set(present.flatMap((one) => Object.keys(one)));
        return [...names].sort().flatMap((name) => {
            const below = (value) => ((0,src_json/* isObject */.Gv)(value) ? value[name] : undefined);
            return fieldsBetween(below(before), below(after), path === '' ? name : `${path}.${name}`, shown);
        });
    }
    if (present.length === 2 && present.every(isListOfObjects)) {
        const [one, other] = [(0,src_json/* asList */.DD)(before) ?? [], (0,src_json/* asList */.DD)(after) ?? []];
        return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => fieldsBetween(one[index], other[index], `${path}[${index}]`, shown)).flat();
    }
    return [{ path, before: shown(before, path), after: shown(after, path) }];
}
/** A value as a change set gives it: text, which is JSON for structures. */
function parsedValue(text) {
    if (text === undefined)
        return undefined;
    if (!/^\s*[[{]/.test(text))
        return text;
    try {
        return (0,src_json/* parseJson */.qF)(text);
    }
    catch {
        return text;
    }
}
function known(value) {
    if (typeof value === 'string')
        return value.replace(UNKNOWN_VALUE, 'known after apply');
    if (Array.isArray(value))
        return value.map(known);
    if ((0,src_json/* isObject */.Gv)(value))
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, known(one)]));
    return value;
}
function texts(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(texts);
    return (0,src_json/* isObject */.Gv)(value) ? Object.values(value).flatMap(texts) : [];
}
function isListOfObjects(value) {
    return Array.isArray(value) && value.length > 0 && value.every(src_json/* isObject */.Gv);
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/changes.js



/** A change of a change set in the words of a plan; undefined where nothing would be done. */
function readChange(one, reading) {
    const logicalId = one.LogicalResourceId ?? '?';
    const action = actionOf(one);
    const notices = noticesOf(one, action);
    const fields = action === 'delete' ? [] : fieldsOf(one, reading);
    const place = reading.path.length === 0 ? reading.template?.place(logicalId) : undefined;
    const reason = notices.join(' ');
    return {
        change: {
            action,
            resource: resourceOf(reading.path, logicalId, one.ResourceType ?? ''),
            fields,
            ...(reading.purpose === 'drift' ? { attribution: { known: false, candidates: [] } } : {}),
            ...(reason === '' ? {} : { reason }),
            ...(place ? { source: place } : {})
        },
        destroys: isDestructive(one)
    };
}
function resourceOf(path, logicalId, type) {
    return {
        id: [...path, logicalId].join('/'),
        kind: type,
        name: logicalId,
        ...(path.length === 0 ? {} : { namespace: path.join('/') })
    };
}
/**
 * Whether a nested stack is listed only because its template might have changed: AWS cannot know before it looks, and
 * its own change set then says what there is.
 */
function isAutomatic(one) {
    return (one.Action === 'Modify' &&
        one.Replacement !== 'True' &&
        (one.Details ?? []).every((detail) => detail.ChangeSource === 'Automatic' || !isKnownToChange(detail)));
}
function isKnownToChange({ Evaluation, Target }) {
    if (Target?.BeforeValue !== undefined && Target.BeforeValue === Target.AfterValue)
        return false;
    return Evaluation !== 'Dynamic' || (Target?.AfterValue !== undefined && Target.BeforeValue !== Target.AfterValue);
}
function actionOf(one) {
    switch (one.Action) {
        case 'Add':
            return 'create';
        case 'Remove':
            // What is kept is no longer managed; it is not deleted.
            return one.PolicyAction === 'Retain' ? 'update' : 'delete';
        case 'Modify':
            // Deleted outside: the drift-aware change set makes it anew, whatever it calls that.
            if (one.ResourceDriftStatus === 'DELETED')
                return 'create';
            return one.Replacement === 'True' ? 'replace' : 'update';
        default:
            return 'update';
    }
}
function isDestructive(one) {
    if (one.ResourceDriftStatus === 'DELETED')
        return false;
    if (one.Action === 'Remove')
        return one.PolicyAction !== 'Retain';
    if (one.PolicyAction === 'ReplaceAndRetain')
        return false;
    return ((one.Action === 'Modify' || one.Action === 'Dynamic') &&
        (one.Replacement === 'True' || one.Replacement === 'Conditional'));
}
/** What is special about a change, one sentence each. */
function noticesOf(one, action) {
    const notices = [];
    if (one.ResourceDriftStatus === 'DELETED')
        notices.push('Deleted outside of CloudFormation.');
    else if (one.ResourceDriftStatus === 'MODIFIED')
        notices.push('Changed outside of CloudFormation.');
    if (one.Action === 'Import')
        notices.push(`Imported${one.PhysicalResourceId ? ` (${one.PhysicalResourceId})` : ''}.`);
    if (one.Action === 'SyncWithActual')
        notices.push('It lives as it is declared; CloudFormation only takes note of that.');
    if (one.Action === 'Dynamic')
        notices.push('CloudFormation cannot say what it will do: that depends on a value which is not known yet.');
    const because = recreating(one);
    if (action === 'replace')
        notices.push(`Replaced, because it cannot be changed in place${because === '' ? '' : ` (${because})`}.`);
    else if (one.Replacement === 'Conditional')
        notices.push(`It may have to be replaced${because === '' ? '' : ` (${because})`}.`);
    if (one.Action === 'Remove' && one.PolicyAction === 'Retain')
        notices.push('Forgotten: the stack no longer manages it, and the resource stays (DeletionPolicy: Retain).');
    if (one.PolicyAction === 'Snapshot')
        notices.push('A snapshot is made before it is deleted.');
    if (one.PolicyAction === 'ReplaceAndRetain')
        notices.push('The old one stays where it is.');
    if (one.PolicyAction === 'ReplaceAndSnapshot')
        notices.push('A snapshot of the old one is made.');
    const module = one.ModuleInfo?.LogicalIdHierarchy;
    if (module !== undefined)
        notices.push(`Made by module ${module}.`);
    return notices;
}
/** The properties that force a replacement. */
function recreating(one) {
    const names = (one.Details ?? []).flatMap(({ Target }) => Target?.RequiresRecreation === 'Always' || Target?.RequiresRecreation === 'Conditionally'
        ? [Target.Name ?? Target.Attribute ?? '']
        : []);
    return [...new Set(names)].filter((name) => name !== '').join(', ');
}
function fieldsOf(one, { values, template, path }) {
    const secret = template && path.length === 0 ? secretPaths(template, one.LogicalResourceId ?? '') : [];
    const isSecret = (pointer) => secret.some((place) => place === pointer || place.startsWith(`${pointer}/`) || pointer.startsWith(`${place}/`));
    if (one.Action === 'Add' || one.Action === 'Import') {
        const after = (0,src_json.at)(parsedValue(one.AfterContext), 'Properties');
        return fieldsBetween(undefined, after === undefined ? undefined : { ...asRecord(after) }, '', (value, place) => values.shown(value, isSecret(`/Properties/${place.replaceAll('.', '/')}`))).flatMap((field) => (field.path === '' ? [] : [field]));
    }
    const fields = new Map();
    for (const { Target } of one.Details ?? []) {
        const { Name, Attribute, Path, BeforeValue, AfterValue, Drift, RequiresRecreation } = Target ?? {};
        if (Attribute === undefined)
            continue;
        const pointer = Path ?? (Name === undefined ? `/${Attribute}` : `/${Attribute}/${Name}`);
        const key = pathOf(pointer);
        const before = values.shown(parsedValue(Drift?.ActualValue ?? BeforeValue), isSecret(pointer));
        const after = values.shown(parsedValue(AfterValue ?? Drift?.PreviousValue), isSecret(pointer));
        // The same property is listed once for every cause; the entry with values says most.
        const earlier = fields.get(key);
        if (earlier && (before.type === 'absent' || earlier.before.type !== 'absent') && after.type === 'absent')
            continue;
        if (BeforeValue === undefined && AfterValue === undefined && !Drift && RequiresRecreation === 'Never' && earlier)
            continue;
        fields.set(key, { path: key, before, after });
    }
    return [...fields.values()].filter((field) => !isSame(field)).sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** `/Properties/Tags/0/Value` as `Tags[0].Value`. */
function pathOf(pointer) {
    const steps = pointer.split('/').filter((step) => step !== '');
    const shown = steps[0] === 'Properties' && steps.length > 1 ? steps.slice(1) : steps;
    return shown
        .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step.replaceAll('~1', '/')}`))
        .join('');
}
function isSame({ before, after }) {
    return before.type === 'value' && after.type === 'value' && (0,src_json/* canonicalJson */.dj)(before.value) === (0,src_json/* canonicalJson */.dj)(after.value);
}
function asRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

// EXTERNAL MODULE: ./src/targets/cloudformation/aws-error.js
var aws_error = __webpack_require__(56);
;// CONCATENATED MODULE: ./src/targets/cloudformation/events.js

/** Follows what happens in a stack and in its nested stacks, from now on. */
class EventStream {
    #api;
    #stacks;
    #all = [];
    #since;
    constructor(api, stack) {
        this.#api = api;
        this.#stacks = [stack];
    }
    /** Everything that happened before this call is no news. */
    static async open(api, stackId) {
        const [newest] = await api.events(stackId);
        return new EventStream(api, { stackId, path: [], last: newest?.EventId });
    }
    /** All that was seen, oldest first. */
    get all() {
        return this.#all;
    }
    /** What is new, oldest first. */
    async next() {
        const fresh = [];
        // Nested stacks become known by events of the stack around them: they are appended while this runs.
        for (const stack of this.#stacks)
            fresh.push(...(await this.#eventsOf(stack)));
        fresh.sort((a, b) => timeOf(a) - timeOf(b));
        this.#all.push(...fresh);
        return fresh;
    }
    async #eventsOf(stack) {
        let events;
        try {
            events = await this.#api.events(stack.stackId, stack.last);
        }
        catch (error) {
            // A nested stack may be gone by now; trouble that passes is made good by the next look.
            if (stack.path.length > 0 || (0,aws_error/* isTransient */.dg)(error))
                return [];
            throw error;
        }
        stack.last = events[0]?.EventId ?? stack.last;
        const since = this.#since;
        const own = [...events].reverse().filter((one) => !since || !one.Timestamp || one.Timestamp >= since);
        const [first] = own;
        if (stack.path.length === 0 && !this.#since && first?.Timestamp)
            this.#since = first.Timestamp;
        for (const event of own)
            this.#follow(event, stack);
        return own.map((event) => ({ path: stack.path, event }));
    }
    #follow(event, around) {
        const id = event.PhysicalResourceId;
        if (event.ResourceType !== 'AWS::CloudFormation::Stack' || !id?.startsWith('arn:') || id === event.StackId)
            return;
        if (this.#stacks.some((one) => one.stackId === id))
            return;
        this.#stacks.push({ stackId: id, path: [...around.path, event.LogicalResourceId ?? ''], last: undefined });
    }
}
/** `UPDATE_IN_PROGRESS  AWS::SQS::Queue  Nested/Queue  Reason`. */
function eventLine({ path, event }) {
    const name = nameOf({ path, event });
    const reason = event.HookStatusReason ?? event.ResourceStatusReason;
    const status = event.HookStatus ?? event.ResourceStatus ?? '';
    return `${status}  ${event.ResourceType ?? ''}  ${name}${reason ? `  ${reason}` : ''}`;
}
/** The event that began the trouble: the first resource that failed by itself, not because others did. */
function firstFailure(events) {
    const failures = events.filter(isFailure);
    return failures.find((one) => !isStack(one)) ?? failures.find((one) => reasonOf(one) !== undefined) ?? failures[0];
}
/** Every resource that failed by itself, each once. */
function failedResources(events) {
    const byName = new Map();
    for (const one of events)
        if (isFailure(one) && !isStack(one) && !byName.has(nameOf(one)))
            byName.set(nameOf(one), one);
    return [...byName.values()];
}
function nameOf({ path, event }) {
    return [...path, event.LogicalResourceId ?? '?'].join('/');
}
function reasonOf({ event }) {
    return event.HookStatusReason ?? event.ResourceStatusReason;
}
function isFailure(one) {
    const { ResourceStatus, HookStatus, HookFailureMode } = one.event;
    if (HookStatus === 'HOOK_COMPLETE_FAILED' || HookStatus === 'HOOK_FAILED')
        return HookFailureMode !== 'WARN';
    // What is stopped because another resource failed says nothing.
    return (/_FAILED$/.test(ResourceStatus ?? '') &&
        !/(?:creation|update|deletion|operation) cancell?ed/i.test(reasonOf(one) ?? ''));
}
function isStack({ event }) {
    return event.ResourceType === 'AWS::CloudFormation::Stack';
}
function timeOf({ event }) {
    return event.Timestamp?.getTime() ?? 0;
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/targets/cloudformation/waiter.js



const realClock = {
    now: () => performance.now(),
    sleep: (milliseconds, signal) => (0,promises_.setTimeout)(milliseconds, undefined, signal ? { signal } : {}),
    random: Math.random
};
/** The run was cancelled while something was waited for. */
class Cancelled extends Error {
    name = 'Cancelled';
}
/**
 * Looks until `look` gives something. The pauses grow and are jittered; trouble that passes (throttling, network) is
 * waited through like "not yet".
 * @throws Cancelled as soon as the signal aborts, GitOpsError when time is up, and what `look` throws
 */
async function waitFor(look, waiting) {
    const { clock, signal } = waiting;
    let [pause] = waiting.pauses;
    for (;;) {
        if (signal?.aborted)
            throw new Cancelled();
        try {
            const seen = await look();
            if (seen !== undefined)
                return seen;
        }
        catch (error) {
            if (signal?.aborted)
                throw new Cancelled();
            if (!(0,aws_error/* isTransient */.dg)(error) || clock.now() >= waiting.deadline)
                throw error;
        }
        const left = waiting.deadline - clock.now();
        if (left <= 0) {
            const { message, hint } = waiting.timedOut();
            throw new errors/* GitOpsError */.$(message, { hint });
        }
        await pauseFor(Math.min(pause * (0.75 + clock.random() / 2), left), clock, signal);
        pause = Math.min(pause * 1.5, waiting.pauses[1]);
    }
}
async function pauseFor(milliseconds, clock, signal) {
    try {
        await clock.sleep(milliseconds, signal);
    }
    catch (error) {
        if (signal?.aborted)
            throw new Cancelled();
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/status.js


const PAUSES = [2000, 15_000];
/**
 * Waits until nothing is under way in the stack any more, whoever began it: an operation of a run of ours that was cut
 * off goes on in AWS, and this run continues after it.
 * @throws GitOpsError for a stack that nothing can be done with, and when it takes too long
 */
async function settledStack(api, name, waiting) {
    let said = false;
    let last;
    const settled = await waitFor(async () => {
        const stack = await api.describeStack(name);
        last = stack;
        if (!stack || !isBusy(stack))
            return { stack };
        if (!said) {
            said = true;
            waiting.log.info(`${await underWay(api, stack, waiting.prefix)} Waiting for its end.`);
        }
        return undefined;
    }, {
        ...waiting,
        pauses: PAUSES,
        timedOut: () => ({
            message: `Stack ${name} is still ${last?.StackStatus ?? 'busy'}, and time is up.`,
            hint: 'Somebody else works on it. Wait for that (its events in the console say what it waits for), or raise the timeout.'
        })
    });
    return stateOf(settled.stack, name);
}
/** @throws GitOpsError for a stack that nothing can be done with */
function stateOf(stack, name) {
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE')
        return { state: 'absent' };
    if (stack.StackStatus === 'REVIEW_IN_PROGRESS')
        return { state: 'review', stack };
    const dead = DEAD[stack.StackStatus ?? ''];
    if (!dead)
        return { state: 'ready', stack };
    const reason = stack.StackStatusReason ? ` (${stack.StackStatusReason})` : '';
    throw new errors/* GitOpsError */.$(`Stack ${name} is ${stack.StackStatus}${reason}: ${dead.what}`, {
        hint: dead.hint.replaceAll('{stack}', name)
    });
}
/** States out of which no change set leads. */
const DEAD = {
    ROLLBACK_COMPLETE: {
        what: 'its creation failed and was undone, and AWS lets such a stack only be deleted.',
        hint: 'Nothing was written. Delete what is left of it (aws cloudformation delete-stack --stack-name {stack}), then run again. With on-failure: delete, a stack that cannot be created is deleted at once.'
    },
    ROLLBACK_FAILED: {
        what: 'its creation failed, and so did undoing that.',
        hint: 'Nothing was written. Its events name the resources that could not be deleted. Delete the stack (aws cloudformation delete-stack --stack-name {stack}, with --retain-resources for those), then run again.'
    },
    UPDATE_ROLLBACK_FAILED: {
        what: 'an update failed, and so did undoing it.',
        hint: 'Nothing was written. Its events name the resources that stand in the way. Mend them, then: aws cloudformation continue-update-rollback --stack-name {stack} (with --resources-to-skip where nothing can be mended), and run again.'
    },
    DELETE_FAILED: {
        what: 'somebody deleted it, and some of its resources could not be deleted.',
        hint: 'Nothing was written. Delete it for good (aws cloudformation delete-stack --stack-name {stack}, with --retain-resources for those that are to stay), then run again: it is made anew.'
    },
    IMPORT_ROLLBACK_FAILED: {
        what: 'an import failed, and so did undoing it.',
        hint: 'Nothing was written. Mend what its events name, then: aws cloudformation continue-update-rollback --stack-name {stack}, and run again.'
    }
};
function isBusy(stack) {
    return /_IN_PROGRESS$/.test(stack.StackStatus ?? '') && stack.StackStatus !== 'REVIEW_IN_PROGRESS';
}
/** Who does what to the stack, as far as it tells. */
async function underWay(api, stack, prefix) {
    const since = stack.LastUpdatedTime ?? stack.CreationTime;
    const status = `Stack ${stack.StackName} is ${stack.StackStatus}${since ? ` (since ${since.toISOString()})` : ''}`;
    try {
        const sets = await api.listChangeSets(stack.StackId ?? stack.StackName ?? '');
        const running = sets.find((one) => one.ExecutionStatus === 'EXECUTE_IN_PROGRESS');
        if (!running)
            return `${status}: somebody else works on it.`;
        return running.ChangeSetName?.startsWith(prefix)
            ? `${status}: an earlier run of this suite began that (change set ${running.ChangeSetName}).`
            : `${status}: somebody else executes the change set ${running.ChangeSetName}.`;
    }
    catch {
        return `${status}.`;
    }
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/apply.js





const apply_PAUSES = [1000, 5000];
const SUCCEEDED = /^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/;
/** Executes a change set, tells what happens, and waits for the end. */
async function execute(changeSet, run) {
    const { api, log, values } = run;
    const stream = await EventStream.open(api, changeSet.stackId);
    await api.executeChangeSet({ id: changeSet.id, token: changeSet.name });
    let status = '';
    const tell = async () => {
        for (const one of await stream.next())
            log.info(values.masked(eventLine(one)));
    };
    await waitFor(async () => {
        const stack = await api.describeStack(changeSet.stackId);
        status = stack?.StackStatus ?? 'DELETE_COMPLETE';
        await tell();
        // Until it has begun, the stack still says how the last operation ended.
        const ended = stream.all.some(({ path, event }) => path.length === 0 &&
            event.PhysicalResourceId === event.StackId &&
            /_(?:COMPLETE|FAILED)$/.test(event.ResourceStatus ?? ''));
        return ended && !(stack && isBusy(stack)) ? true : undefined;
    }, {
        ...run,
        pauses: apply_PAUSES,
        timedOut: () => ({
            message: `The stack is still ${status}, and time is up. In AWS the operation goes on.`,
            hint: 'Run again: the next run waits for it and goes on from there. Or raise the timeout.'
        })
    });
    await tell();
    if (SUCCEEDED.test(status))
        return { ok: true, status, failed: new Set() };
    return { ok: false, status, ...failureOf(stream.all, status, run) };
}
/** The first resource that failed is the reason; what the stack came to afterwards is said too. */
function failureOf(events, status, { values, template }) {
    const failed = failedResources(events);
    const first = firstFailure(events);
    const told = first ? wordsOf(first, values, template) : 'AWS names no resource that failed.';
    const resources = failed.map((one) => {
        const message = values.masked(reasonOf(one) ?? one.event.ResourceStatus ?? 'It failed.');
        const resource = resourceOf(one.path, one.event.LogicalResourceId ?? '?', one.event.ResourceType ?? '');
        return { resource, status: 'Degraded', message, events: [], logs: [] };
    });
    return {
        failed: new Set(failed.map(nameOf)),
        failure: { message: `${told} The stack is now ${status}.`, hint: hintOf(status, first), resources }
    };
}
function wordsOf(one, values, template) {
    const { event, path } = one;
    const place = path.length === 0 ? template.place(event.LogicalResourceId ?? '') : undefined;
    const where = place ? `${place.file}:${place.line}: ` : '';
    const reason = values.masked(reasonOf(one) ?? 'AWS gives no reason').replace(/ \(Service: [^)]*\)/, '');
    return `${where}${nameOf(one)} (${event.ResourceType}) ${event.HookStatus ?? event.ResourceStatus}: ${/[.!?)]$/.test(reason) ? reason : `${reason}.`}`;
}
function hintOf(status, first) {
    if (/denied by stack policy/i.test((first && reasonOf(first)) ?? ''))
        return 'The stack policy forbids it. Allow it there first, in a deploy of its own, and take that back afterwards.';
    if (/ROLLBACK_FAILED/.test(status))
        return 'Undoing it failed too. Mend what the events name, then continue the rollback (aws cloudformation continue-update-rollback), and run again.';
    if (status === 'ROLLBACK_COMPLETE')
        return 'What was made is deleted again; the stack is left as an empty shell, which must be deleted before the next run (on-failure: delete does that).';
    if (status === 'DELETE_COMPLETE')
        return 'The stack is deleted again, so nothing is left of it. Correct the cause and run again.';
    if (/ROLLBACK_COMPLETE/.test(status))
        return 'Everything is as it was before. Correct the cause and run again.';
    return 'What was done stays (on-failure: do-nothing). Correct the cause and run again: it goes on from there.';
}
/** What became of each change. */
function resultsOf(changes, executed) {
    return changes.map(({ resource, action }) => {
        if (!executed || executed.ok)
            return { resource, action: DONE[action] ?? 'updated' };
        if (executed.failed.has(resource.id)) {
            const message = executed.failure?.resources.find((one) => one.resource.id === resource.id)?.message;
            return { resource, action: 'failed', ...(message === undefined ? {} : { message }) };
        }
        return { resource, action: 'skipped', message: `Not done, or undone: the stack is ${executed.status}.` };
    });
}
const DONE = {
    create: 'created',
    update: 'updated',
    replace: 'replaced',
    delete: 'pruned'
};
/** @throws GitOpsError when the plan takes something away and may not */
function refuseDestroying(destroys, allowed, listed) {
    if (destroys.length === 0 || allowed)
        return;
    throw new errors/* GitOpsError */.$(`The plan deletes or replaces ${destroys.length === 1 ? 'a resource' : `${destroys.length} resources`}: ${listed}.`, {
        hint: 'Nothing was written. If that is what you want, allow it with allow-destroy: true (in gitops.yaml: allowDestroy); a resource with DeletionPolicy: Retain is kept when it leaves the template.'
    });
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/explain.js


/**
 * AWS' own reason first, then what to do. Errors in the template are annotated where they stand.
 * @returns what was thrown where it is no failure of AWS
 */
function explain(what, thrown, attempt) {
    if (!(thrown instanceof aws_error/* AwsError */.Gy))
        return thrown;
    const text = attempt
        .mask((0,errors/* messageOf */.b)(thrown))
        .replace(/ \(Service: [^)]*\)/, '')
        .trim();
    const known = HINTS.find(([pattern]) => pattern.test(`${thrown.code} ${text}`));
    const called = thrown.operation === '' || text.includes(thrown.operation) ? '' : ` (${thrown.operation})`;
    const place = placeIn(attempt.template, text);
    const where = place ? `${place.file}:${place.line}: ` : '';
    const message = `${where}${what} of stack ${attempt.stack}${attempt.region ? ` in ${attempt.region}` : ''} failed${called}: ${text}`;
    return new errors/* GitOpsError */.$(/[.!?]$/.test(message) ? message : `${message}.`, {
        hint: (known?.[1] ?? "Nothing was written. The reason is AWS' own.").replaceAll('{stack}', attempt.stack),
        cause: thrown,
        ...(place ? { annotations: [{ place, message: text }] } : {})
    });
}
const HINTS = [
    [
        /ExpiredToken|RequestExpired|token .*(?:is|has) expired/i,
        'The AWS credentials have expired. Assume the role again right before this step, or for longer (role-duration-seconds of aws-actions/configure-aws-credentials).'
    ],
    [
        /CredentialsProviderError|Could not load credentials|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|UnrecognizedClient|AuthFailure|TokenProviderError|security token .* invalid/i,
        'There are no valid AWS credentials. Put aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.'
    ],
    [
        /Region is missing|ConfigError.*region|EAI_NONAME|ENOTFOUND|UnknownEndpoint/i,
        'Is the region right? Give it as the input region, or set AWS_REGION.'
    ],
    [
        /InsufficientCapabilities|Requires capabilities/i,
        'Allow it with the input capabilities: the words in brackets, one a line (in gitops.yaml: capabilities).'
    ],
    [
        /AccessDenied|UnauthorizedOperation|not authorized to perform|\b403\b/i,
        'The role of this job lacks that right; the message names it. The README of cloudformation-update lists what a preview, an update and a drift check need.'
    ],
    [
        /Throttl|Rate exceeded|TooManyRequests/i,
        'AWS refuses so many calls: other work in the account uses up the quota. Run again later, or with fewer stacks at once.'
    ],
    [
        /OperationInProgress|_IN_PROGRESS state and can ?not be updated|is in [A-Z_]*_IN_PROGRESS/i,
        'Another operation works on the stack. Run again when it has ended.'
    ],
    [
        /ROLLBACK_COMPLETE state and can ?not be updated/i,
        'Its creation failed once. Delete it (aws cloudformation delete-stack --stack-name {stack}) and run again.'
    ],
    [
        /51200|51,200|templateBody.*length|Member must have length less than or equal to 51200/i,
        'The template is too large to be sent: name a bucket in the same region with s3-bucket.'
    ],
    [
        /NoSuchBucket|PermanentRedirect|S3 error|TemplateURL must/i,
        'Is the bucket of s3-bucket there, in the region of the stack, and may this role and CloudFormation read it?'
    ],
    [
        /Early validation|PropertyValidation|NAME_CONFLICT|already exists/i,
        'Nothing was written. A resource of that name exists outside of the stack: give it another name, or take it over with import-existing: true.'
    ],
    [
        /resources? to import|import operation|ResourcesToImport|ResourceIdentifier/i,
        'An import takes resources in and does nothing else: every one needs a DeletionPolicy and its identifier in import-resources, and other changes go into a deploy of their own.'
    ],
    [
        /Parameter.*(?:must|failed)|do not exist in the template|must have values|AllowedValues|ParameterValue/i,
        'Correct the input parameters or the files of parameter-files.'
    ],
    [
        /Template (?:format|validation|error)|Unresolved resource dependencies|Unrecognized resource type|Circular dependency|Invalid template|Transform|property|Fn::/i,
        'Correct the template. Nothing was written.'
    ],
    [/No export named/i, 'The stack that exports it must be deployed first: name its target in dependsOn.'],
    [
        /Role .*(?:is invalid|cannot be assumed)|roleArn/i,
        'CloudFormation cannot work with role-arn: it must trust cloudformation.amazonaws.com, and this job may pass it on (iam:PassRole).'
    ],
    [
        /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|TimeoutError|NetworkingError|socket hang up/i,
        'AWS cannot be reached from this runner. Nothing was written; run again.'
    ]
];
/** The line of the template that an error is about: AWS names resources, not lines. */
function placeIn(template, text) {
    if (!template)
        return undefined;
    const names = [
        ...text.matchAll(/\/?Resources\/(\w+)/g),
        ...text.matchAll(/resource (?:with logical id )?['"[]?(\w+)/gi),
        ...text.matchAll(/\[(\w+)\]/g)
    ].map(([, name]) => name ?? '');
    const named = names.find((name) => template.resources.has(name));
    return named === undefined ? undefined : template.place(named);
}

// EXTERNAL MODULE: ./src/targets/plan.js
var plan = __webpack_require__(7998);
;// CONCATENATED MODULE: ./src/targets/cloudformation/change-set.js




const change_set_PAUSES = [1000, 5000];
/** Milliseconds that taking a change set away may take: also a run that is being cancelled has these. */
const REMOVAL = 60_000;
/** The words in which AWS says that there is nothing to do, as its tools know them. */
const NO_CHANGES = /didn.t contain changes|no updates (?:are|is) to be performed|no changes (?:to|were|are|detected)|there is nothing to (?:do|update)|submit different information/i;
/** Whether AWS says that there is nothing to change. */
function saysNoChanges(reason) {
    return reason !== undefined && NO_CHANGES.test(reason);
}
/**
 * Makes a change set and waits until it says what would change. The caller removes it or executes it; one that failed
 * is removed here.
 * @throws AwsError, GitOpsError with AWS' own reason
 */
async function makeChangeSet(api, input, waiting) {
    let made;
    try {
        made = await api.createChangeSet(input);
    }
    catch (error) {
        // Some say so at once.
        if (error instanceof aws_error/* AwsError */.Gy && error.code === 'ValidationError' && saysNoChanges(error.message))
            return undefined;
        throw error;
    }
    try {
        const described = await settled(api, made.id, input, waiting);
        if (described.Status === 'FAILED') {
            if (saysNoChanges(described.StatusReason)) {
                await removeChangeSet(api, made.id, waiting.clock);
                return { ...made, changes: [], executable: false, silent: false };
            }
            throw await change_set_failureOf(api, described, new Set([made.id]));
        }
        const silent = (described.Changes ?? []).length === 0;
        return { ...made, changes: await allChanges(api, described, waiting), executable: true, silent };
    }
    catch (error) {
        await removeChangeSet(api, made.id, waiting.clock).catch(() => { });
        throw error;
    }
}
/** Takes a change set away, and with it those of nested stacks, which takes AWS a while. */
async function removeChangeSet(api, id, clock) {
    await api.deleteChangeSet(id);
    await waitFor(async () => {
        const left = await api.describeChangeSet(id);
        if (left?.Status === 'DELETE_FAILED')
            throw new errors/* GitOpsError */.$(`The change set ${left.ChangeSetName} could not be removed: ${left.StatusReason}`, {
                hint: 'Remove it by hand; it has no effect as long as nobody executes it.'
            });
        return left && left.Status !== 'DELETE_COMPLETE' ? undefined : true;
    }, {
        clock,
        deadline: clock.now() + REMOVAL,
        pauses: [200, 2000],
        timedOut: () => ({
            message: `The change set ${id} is still there a minute after it was removed.`,
            hint: 'Remove it by hand; it has no effect as long as nobody executes it.'
        })
    });
}
async function settled(api, id, input, waiting) {
    return waitFor(async () => {
        const now = await api.describeChangeSet(id);
        if (!now)
            throw new errors/* GitOpsError */.$(`The change set ${input.ChangeSetName} of ${input.StackName} was removed by somebody.`, {
                hint: 'Nothing was written. Run again.'
            });
        return now.Status === 'CREATE_COMPLETE' || now.Status === 'FAILED' ? now : undefined;
    }, {
        ...waiting,
        pauses: change_set_PAUSES,
        timedOut: () => ({
            message: `AWS did not finish the change set ${input.ChangeSetName} of ${input.StackName} in time.`,
            hint: 'Nothing was written. Run again, or raise the timeout.'
        })
    });
}
/** The changes of a change set and of those for its nested stacks. */
async function allChanges(api, described, waiting, path = []) {
    const all = [];
    for (const { ResourceChange: change } of described.Changes ?? []) {
        if (!change)
            continue;
        const nested = [];
        if (change.ChangeSetId !== undefined && change.ResourceType === 'AWS::CloudFormation::Stack') {
            const inner = await waitFor(async () => {
                const now = await api.describeChangeSet(change.ChangeSetId ?? '');
                return !now || now.Status === 'CREATE_COMPLETE' || now.Status === 'FAILED' ? { now } : undefined;
            }, {
                ...waiting,
                pauses: change_set_PAUSES,
                timedOut: () => ({
                    message: `AWS did not finish the change set of the nested stack ${change.LogicalResourceId} in time.`,
                    hint: 'Nothing was written. Run again, or raise the timeout.'
                })
            });
            if (inner.now)
                nested.push(...(await allChanges(api, inner.now, waiting, [...path, change.LogicalResourceId ?? ''])));
            // Every nested stack is listed; one in which nothing changes is not changed.
            if (nested.length === 0 && isAutomatic(change))
                continue;
        }
        // What changes in it says all there is to say of a nested stack that itself stays as it is.
        if (nested.length === 0 || !isAutomatic(change))
            all.push({ path, change });
        all.push(...nested);
    }
    return all;
}
/** AWS' reason for a change set that it could not make; of a nested one, the reason of that. */
async function change_set_failureOf(api, described, seen) {
    const reason = described.StatusReason ?? 'AWS gives no reason';
    const nested = /(arn:[\w-]+:cloudformation:\S+:changeSet\/[\w:/-]+)/.exec(reason)?.[1];
    if (nested !== undefined && !seen.has(nested)) {
        seen.add(nested);
        const inner = await api.describeChangeSet(nested);
        if (inner?.Status === 'FAILED')
            return change_set_failureOf(api, inner, seen);
    }
    const problems = await problemsOf(api, described.ChangeSetId ?? '');
    return new aws_error/* AwsError */.Gy('CreateChangeSet', 'ChangeSetFailed', [reason, ...problems].join(' '));
}
/** What AWS found before it began, where it tells so. */
async function problemsOf(api, id) {
    try {
        const events = await api.changeSetProblems(id);
        return events.flatMap((one) => {
            const reason = one.ValidationStatusReason ?? one.ResourceStatusReason ?? one.HookStatusReason;
            if (reason === undefined)
                return [];
            const where = [one.LogicalResourceId, one.ValidationPath].filter((text) => text !== undefined).join(' ');
            return [where === '' ? reason : `${where}: ${reason}`];
        });
    }
    catch {
        // Older partitions do not know the question.
        return [];
    }
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/drift.js






const drift_PAUSES = [2000, 10_000];
/** Whether AWS, or this partition of it, does not know change sets that revert drift. */
function knowsNoRevert(error) {
    return (error instanceof aws_error/* AwsError */.Gy &&
        /^(?:ValidationError|ValidationException|InvalidParameterValue|InvalidAction|NotImplemented|UnsupportedOperation\w*|ChangeSetFailed)$/.test(error.code) &&
        /DeploymentMode|REVERT_DRIFT|drift.aware/i.test(error.message));
}
/**
 * Compares every resource with its template by CloudFormation's drift detection; it does not look into nested stacks,
 * so each of them is asked of its own. It only tells: nothing of it can be healed by an update, which compares
 * templates.
 */
async function detectDrift(api, stack, looking, path = []) {
    const label = path.length === 0 ? 'the stack' : `nested stack ${path.join('/')}`;
    const notes = [];
    const failure = await detected(api, stack, label, looking);
    if (failure !== undefined)
        notes.push(`Drift detection of ${label} ended with an error, so some of its resources were not compared: ${failure}`);
    const drifts = await api.resourceDrifts(stack);
    const changes = drifts.flatMap((one) => changeOf(one, looking, path) ?? []);
    notes.push(...notLookedAt(drifts, path));
    const resources = await api.resources(stack);
    for (const one of resources) {
        if (one.ResourceType !== 'AWS::CloudFormation::Stack' || !one.PhysicalResourceId?.startsWith('arn:'))
            continue;
        const inner = await detectDrift(api, one.PhysicalResourceId, looking, [...path, one.LogicalResourceId ?? '']);
        changes.push(...inner.changes);
        notes.push(...inner.notes);
    }
    return { changes, notes };
}
/** Runs one detection to its end. Returns why it failed, if it did; what it found until then holds. */
async function detected(api, stack, label, looking) {
    const timedOut = () => ({
        message: `Drift detection of ${label} did not end in time.`,
        hint: 'Nothing was written. Large stacks take many minutes: raise the timeout.'
    });
    const id = await waitFor(async () => {
        try {
            return await api.detectDrift(stack);
        }
        catch (error) {
            // One at a time: somebody else's has to end first.
            if (error instanceof aws_error/* AwsError */.Gy && /already in progress|in progress.*drift/i.test(error.message))
                return undefined;
            throw error;
        }
    }, { ...looking, pauses: drift_PAUSES, timedOut });
    const ended = await waitFor(async () => {
        const now = await api.driftDetection(id);
        return now.DetectionStatus === 'DETECTION_IN_PROGRESS' ? undefined : now;
    }, { ...looking, pauses: drift_PAUSES, timedOut });
    if (ended.DetectionStatus === 'DETECTION_COMPLETE')
        return undefined;
    if (ended.DetectionStatus === 'DETECTION_FAILED')
        return ended.DetectionStatusReason ?? 'AWS gives no reason.';
    throw new errors/* GitOpsError */.$(`Drift detection of ${label} ended in a state that is not known here: ${ended.DetectionStatus}.`);
}
function changeOf(one, { values, template }, path) {
    const status = one.StackResourceDriftStatus;
    if (status !== 'MODIFIED' && status !== 'DELETED')
        return undefined;
    const secret = path.length === 0 ? secretPaths(template, one.LogicalResourceId ?? '') : [];
    const place = path.length === 0 ? template.place(one.LogicalResourceId ?? '') : undefined;
    return {
        action: status === 'DELETED' ? 'create' : 'update',
        resource: resourceOf(path, one.LogicalResourceId ?? '?', one.ResourceType ?? ''),
        fields: (one.PropertyDifferences ?? []).map(({ PropertyPath = '', ActualValue, ExpectedValue }) => {
            const pointer = `/Properties${PropertyPath}`;
            const hidden = secret.some((place) => pointer === place || pointer.startsWith(`${place}/`));
            return {
                path: drift_pathOf(PropertyPath),
                before: values.shown(given(ActualValue), hidden),
                after: values.shown(given(ExpectedValue), hidden)
            };
        }),
        attribution: { known: false, candidates: [] },
        reason: `${status === 'DELETED' ? 'Deleted' : 'Changed'} outside of CloudFormation. ${NO_REVERT}`,
        ...(place ? { source: place } : {}),
        healable: false
    };
}
const NO_REVERT = 'It is not put back by itself: this CloudFormation offers no change sets that revert drift, and an ordinary update only compares templates.';
/** AWS writes `null` for what is not there. */
function given(text) {
    return text === 'null' ? undefined : parsedValue(text);
}
function drift_pathOf(pointer) {
    return pointer
        .split('/')
        .filter((step) => step !== '')
        .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`))
        .join('');
}
function notLookedAt(drifts, path) {
    const named = (status) => drifts
        .filter((one) => one.StackResourceDriftStatus === status)
        .map((one) => `${[...path, one.LogicalResourceId ?? '?'].join('/')} (${one.ResourceType})`);
    const unknown = drifts.filter((one) => one.StackResourceDriftStatus === 'UNKNOWN');
    const unsupported = [...named('UNSUPPORTED'), ...named('NOT_CHECKED')];
    return [
        ...(unsupported.length > 0 ? [`CloudFormation cannot tell whether these drifted: ${unsupported.join(', ')}.`] : []),
        ...unknown.map((one) => `Whether ${[...path, one.LogicalResourceId ?? '?'].join('/')} (${one.ResourceType}) drifted is unknown: ${one.DriftStatusReason ?? 'AWS gives no reason.'}`)
    ];
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/record.js

/** Longest description of a change set. */
const LONGEST = 1024;
const MARK = 'gitops-actions ';
/** Of a change set that is never executed: it remembers a deploy that needed none. */
const UNEXECUTED = 'gitops-actions settings ';
/**
 * The record of a deployment as the description of a change set: one that is executed, which AWS keeps with its stack,
 * or one that only remembers. Tags would be another place, but CloudFormation hands a stack's tags on to its resources:
 * every deploy would change every one of them.
 */
function describeDeployment(options, digest, { executed }) {
    const mark = executed ? MARK : UNEXECUTED;
    const record = {
        target: options.id,
        environment: options.environment,
        ...options.source,
        digest,
        time: (options.now?.() ?? new Date()).toISOString()
    };
    const text = `${mark}${(0,src_json/* canonicalJson */.dj)({ ...record })}`;
    if (text.length <= LONGEST)
        return text;
    const { run: _run, ...rest } = record;
    return `${mark}${(0,src_json/* canonicalJson */.dj)({ ...rest })}`.slice(0, LONGEST);
}
function isUnexecutedRecord(one) {
    return one.Description?.startsWith(UNEXECUTED) === true;
}
/** The record in a change set's description; undefined for a change set of somebody else. */
function readRecord(description) {
    const mark = [UNEXECUTED, MARK].find((one) => description?.startsWith(one));
    if (description === undefined || mark === undefined)
        return undefined;
    let json;
    try {
        json = (0,src_json/* parseJson */.qF)(description.slice(mark.length));
    }
    catch {
        return undefined;
    }
    const [target, environment, digest, time] = ['target', 'environment', 'digest', 'time'].map((key) => (0,src_json/* asString */.oJ)((0,src_json.at)(json, key)));
    if (target === undefined || environment === undefined || digest === undefined || time === undefined)
        return undefined;
    const optional = (key) => {
        const value = (0,src_json/* asString */.oJ)((0,src_json.at)(json, key));
        return value === undefined ? {} : { [key]: value };
    };
    return { target, environment, digest, time, ...optional('repository'), ...optional('revision'), ...optional('run') };
}
/** The deployments that a stack's change sets tell of, the newest with those before it as its history. */
function deploymentOf(summaries, stack, wanted) {
    const executed = summaries
        .flatMap((one) => {
        const status = statusOf(one, stack);
        const record = readRecord(one.Description);
        return status && record && record.target === wanted.id && record.environment === wanted.environment
            ? [{ ...record, images: {}, status }]
            : [];
    })
        .sort((a, b) => (a.time < b.time ? 1 : -1));
    const [newest, ...history] = executed;
    return newest && { ...newest, history: history.slice(0, 10) };
}
function statusOf(one, stack) {
    if (isUnexecutedRecord(one))
        return 'succeeded';
    switch (one.ExecutionStatus) {
        case 'EXECUTE_IN_PROGRESS':
            return 'in-progress';
        case 'EXECUTE_FAILED':
            return 'failed';
        case 'EXECUTE_COMPLETE':
            // It counts as executed as soon as the update began; the stack says how that ended.
            return one.ChangeSetId === stack.ChangeSetId && /ROLLBACK|FAILED/.test(stack.StackStatus ?? '')
                ? 'failed'
                : 'succeeded';
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/parameters.js





/**
 * What each parameter of the template gets: the value that is given, else the template's default, else, of a stack that
 * exists, its present value. The latter is asked for by name; nothing else of the past is kept.
 * @throws GitOpsError for a parameter without a value, and for a value without a parameter
 */
function parametersFor(template, given, present, file) {
    const unknown = [...given.keys()].filter((name) => !template.parameters.has(name));
    if (unknown.length > 0)
        throw new errors/* GitOpsError */.$(`${file} declares no parameter ${quoted(unknown)}.`, {
            hint: `Its parameters are ${[...template.parameters.keys()].join(', ') || 'none at all'}. Correct the input parameters or the file of parameter-files.`
        });
    const list = [];
    const kept = [];
    const missing = [];
    for (const [name, { hasDefault }] of template.parameters) {
        const value = given.get(name);
        if (value !== undefined)
            list.push({ ParameterKey: name, ParameterValue: value });
        else if (hasDefault)
            continue;
        else if (present.has(name)) {
            kept.push(name);
            list.push({ ParameterKey: name, UsePreviousValue: true });
        }
        else
            missing.push(name);
    }
    if (missing.length > 0)
        throw new errors/* GitOpsError */.$(`${file}: ${quoted(missing)} ${missing.length === 1 ? 'has' : 'have'} no value.`, {
            hint: 'Give each a line in parameters (name=value), an entry in a file of parameter-files, or a Default in the template.'
        });
    const secrets = [...given].flatMap(([name, value]) => (template.parameters.get(name)?.noEcho ? [value] : []));
    return { list, kept, secrets };
}
/**
 * The parameters of files and of the declaration, in that order of precedence.
 * @throws GitOpsError naming the file
 */
function givenParameters(checkout, content) {
    const given = new Map();
    for (const file of content.parameterFiles)
        for (const [name, value] of readFile(checkout, file))
            given.set(name, value);
    for (const [name, value] of content.parameters)
        given.set(name, value);
    return given;
}
/** In any of the forms that AWS tools know: a list of keys and values, `{"Parameters": {…}}`, or a plain mapping. */
function readFile(checkout, file) {
    const text = readText((0,workspace/* workspacePath */.X)(checkout, file), file, 'file of parameters');
    let content;
    try {
        content = (0,dist/* parse */.qg)(text, { logLevel: 'silent' });
    }
    catch (error) {
        throw new errors/* GitOpsError */.$(`${file} cannot be read: ${(0,errors/* messageOf */.b)(error).split('\n')[0]}`, { hint: FORMS });
    }
    const list = (0,src_json/* asList */.DD)(content);
    if (list)
        return list.map((item) => {
            const name = (0,src_json/* asString */.oJ)((0,src_json.at)(item, 'ParameterKey'));
            const value = (0,src_json.at)(item, 'ParameterValue');
            if (name === undefined || !isValue(value))
                throw new errors/* GitOpsError */.$(`${file}: an entry has no ParameterKey or no ParameterValue.`, { hint: FORMS });
            return [name, textOf(value)];
        });
    const mapping = (0,src_json/* isObject */.Gv)((0,src_json.at)(content, 'Parameters')) ? (0,src_json.at)(content, 'Parameters') : content;
    if (!(0,src_json/* isObject */.Gv)(mapping))
        throw new errors/* GitOpsError */.$(`${file} holds no parameters.`, { hint: FORMS });
    return Object.entries(mapping).map(([name, value]) => {
        if (!isValue(value))
            throw new errors/* GitOpsError */.$(`${file}: the value of ${name} is neither text nor a list.`, { hint: FORMS });
        return [name, textOf(value)];
    });
}
const FORMS = 'Write [{"ParameterKey": "Name", "ParameterValue": "value"}, …], or a mapping of names to values, in JSON or YAML.';
function isValue(value) {
    if (Array.isArray(value))
        return value.every((item) => !(0,src_json/* isObject */.Gv)(item) && !Array.isArray(item));
    return value !== undefined && value !== null && !(0,src_json/* isObject */.Gv)(value);
}
/** Lists are what CloudFormation calls CommaDelimitedList. */
function textOf(value) {
    return Array.isArray(value) ? value.map(String).join(',') : String(value);
}
function quoted(names) {
    return names.map((name) => `"${name}"`).join(', ');
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/request.js






const MINUTE = 60_000;
/**
 * Reads all files that the declaration names.
 * @throws GitOpsError naming the file, and the commit where the checkout is that of an earlier deployment
 */
function readDeclared(options) {
    const { revision } = options.source;
    try {
        return filesOf(options);
    }
    catch (error) {
        // The inputs of the action name files of today, which an older commit may have elsewhere.
        if (!(error instanceof MissingFile) || options.recordedDigest === undefined || revision === undefined)
            throw error;
        throw new errors/* GitOpsError */.$(`The ${error.what} ${error.file} does not exist in commit ${revision}, which was deployed last.`, {
            hint: 'Drift is compared with that commit. If the file has moved since, deploy once more: then the new commit is compared with. Or compare with the checkout: revision: head.',
            cause: error
        });
    }
}
function filesOf(options) {
    const { checkout, stackPolicy, importResources } = options;
    const policy = stackPolicy === undefined
        ? undefined
        : readText((0,workspace/* workspacePath */.X)(checkout, stackPolicy), stackPolicy, 'stack policy').trim();
    if (policy !== undefined)
        checkPolicy(policy, stackPolicy ?? '');
    return {
        template: readTemplate(checkout, options.template),
        parameters: givenParameters(checkout, options),
        policy,
        imports: importResources === undefined ? [] : readImports(checkout, importResources),
        monitoringTime: Math.ceil(options.rollbackConfiguration.monitoringTime / MINUTE)
    };
}
/** The request for a change set, but for the template's text. */
function changeSetRequest(options, declared, place) {
    const { state, present } = place;
    const stack = state.state === 'ready' ? state.stack : undefined;
    const known = new Set((stack?.Parameters ?? []).flatMap(({ ParameterKey }) => ParameterKey ?? []));
    const parameters = parametersFor(declared.template, declared.parameters, known, options.template);
    const imports = declared.imports.filter(({ LogicalResourceId }) => !present.has(LogicalResourceId ?? ''));
    const type = imports.length > 0 ? 'IMPORT' : stack ? 'UPDATE' : 'CREATE';
    const { triggers } = options.rollbackConfiguration;
    return {
        parameters,
        input: {
            StackName: options.stack,
            ChangeSetName: place.name,
            ChangeSetType: type,
            Description: place.description,
            Parameters: [...parameters.list],
            Capabilities: [...options.capabilities],
            Tags: [...options.tags].map(([Key, Value]) => ({ Key, Value })),
            NotificationARNs: [...options.notificationArns],
            RollbackConfiguration: {
                RollbackTriggers: triggers.map((Arn) => ({ Arn, Type: alarmType(Arn) })),
                MonitoringTimeInMinutes: declared.monitoringTime
            },
            // Nested stacks cannot be looked into while resources are imported.
            ...(options.nestedStacks && type !== 'IMPORT' ? { IncludeNestedStacks: true } : {}),
            ...(options.roleArn === undefined ? {} : { RoleARN: options.roleArn }),
            ...(imports.length > 0 ? { ResourcesToImport: imports } : {}),
            ...(options.importExisting && type !== 'IMPORT' ? { ImportExistingResources: true } : {}),
            ...(place.revertDrift ? { DeploymentMode: 'REVERT_DRIFT' } : {}),
            ...onFailure(options, type)
        }
    };
}
/** Deleting is only possible for a stack that is made by this very change set. */
function onFailure({ onFailure: wanted }, type) {
    if (wanted === 'do-nothing')
        return type === 'IMPORT' ? {} : { OnStackFailure: 'DO_NOTHING' };
    return wanted === 'delete' && type === 'CREATE' ? { OnStackFailure: 'DELETE' } : {};
}
function alarmType(arn) {
    return arn.includes(':composite') ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm';
}
function checkPolicy(text, file) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch (error) {
        throw new errors/* GitOpsError */.$(`${file}: the stack policy is no JSON (${(0,errors/* messageOf */.b)(error)}).`, { hint: POLICY_HINT });
    }
    if (!(0,src_json/* asList */.DD)((0,src_json.at)(json, 'Statement')))
        throw new errors/* GitOpsError */.$(`${file}: the stack policy has no list "Statement".`, { hint: POLICY_HINT });
}
const POLICY_HINT = 'Write {"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]} or narrower.';
function readImports(checkout, file) {
    let content;
    try {
        content = (0,dist/* parse */.qg)(readText((0,workspace/* workspacePath */.X)(checkout, file), file, 'file of imports'), { logLevel: 'silent' });
    }
    catch (error) {
        if (error instanceof errors/* GitOpsError */.$)
            throw error;
        throw new errors/* GitOpsError */.$(`${file} cannot be read: ${(0,errors/* messageOf */.b)(error).split('\n')[0]}`, { hint: IMPORT_HINT });
    }
    const list = (0,src_json/* asList */.DD)(content);
    if (!list || list.length === 0)
        throw new errors/* GitOpsError */.$(`${file} lists no resources.`, { hint: IMPORT_HINT });
    return list.map((one, index) => {
        const [type, id] = [(0,src_json/* asString */.oJ)((0,src_json.at)(one, 'ResourceType')), (0,src_json/* asString */.oJ)((0,src_json.at)(one, 'LogicalResourceId'))];
        const identifier = (0,src_json/* asObject */.eB)((0,src_json.at)(one, 'ResourceIdentifier'));
        if (type === undefined || id === undefined || !identifier)
            throw new errors/* GitOpsError */.$(`${file}: entry ${index + 1} lacks ResourceType, LogicalResourceId or ResourceIdentifier.`, { hint: IMPORT_HINT });
        const named = Object.entries(identifier).map(([key, value]) => [key, String(value)]);
        return { ResourceType: type, LogicalResourceId: id, ResourceIdentifier: Object.fromEntries(named) };
    });
}
const IMPORT_HINT = 'Write [{"ResourceType": "AWS::SQS::Queue", "LogicalResourceId": "Queue", "ResourceIdentifier": {"QueueUrl": "…"}}], in JSON or YAML.';

;// CONCATENATED MODULE: ./src/targets/cloudformation/review.js

/** Change sets of ours that are older than this (milliseconds) are left over of a run that was killed. */
const ABANDONED = 3_600_000;
/**
 * Takes away a stack that exists only for change sets which were never executed, if none of them is left: the one that
 * a preview of a new stack brings about, or one that a killed run left behind. Change sets of others keep it.
 */
async function removeReview(api, options, before) {
    // Only a stack that was not there, or was nothing but such a shell, can be one now.
    if (before.state === 'ready')
        return;
    const stack = await api.describeStack(options.stack);
    if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS' || stack.StackId === undefined)
        return;
    const clock = options.clock ?? realClock;
    const now = (options.now?.() ?? new Date()).getTime();
    for (const one of await api.listChangeSets(stack.StackId)) {
        const ours = one.ChangeSetName?.startsWith(`${options.changeSetPrefix}-`);
        const age = now - (one.CreationTime?.getTime() ?? now);
        if (ours && age > ABANDONED && one.ChangeSetId)
            await api.deleteChangeSet(one.ChangeSetId);
        // Somebody else is looking at it: a run beside this one, which takes it away itself, or a person.
        else if (one.Status !== 'DELETE_COMPLETE') {
            options.log.debug(`stack ${options.stack} stays: change set ${one.ChangeSetName} is not ours to remove`);
            return;
        }
    }
    if ((await api.resources(stack.StackId)).length > 0)
        return;
    await api.deleteStack(stack.StackId);
    await gone(api, stack.StackId, clock);
}
async function gone(api, stackId, clock) {
    await waitFor(async () => {
        const stack = await api.describeStack(stackId);
        return !stack || stack.StackStatus === 'DELETE_COMPLETE' ? true : undefined;
    }, {
        clock,
        deadline: clock.now() + 60_000,
        pauses: [200, 2000],
        timedOut: () => ({
            message: `The empty stack ${stackId}, which a preview made, could not be removed in a minute.`,
            hint: 'Nothing is in it. The next run tries again; or delete it by hand.'
        })
    });
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/stack-changes.js



const STACK = 'AWS::CloudFormation::Stack';
/**
 * What an update changes in the stack itself: parameters, tags and outputs show in no change of a resource unless one
 * uses them.
 */
function stackChanges(stack, wanted, templates, values) {
    const hidden = new Set([...templates.declared.parameters].filter(([, one]) => one.noEcho).map(([name]) => name));
    const shown = (value, path) => values.shown(value, hidden.has(path.split('.')[1] ?? ''));
    const fields = [
        ...fieldsBetween(...parametersOf(stack, wanted, templates.declared), 'Parameters', shown),
        ...fieldsBetween(record(tagsOf(stack.Tags)), record(wanted.tags), 'Tags', shown),
        ...fieldsBetween([...(stack.NotificationARNs ?? [])].sort(), [...wanted.notificationArns].sort(), 'NotificationARNs', shown),
        ...fieldsBetween(rollbackOf(stack), wantedRollback(wanted), 'RollbackConfiguration', shown)
    ];
    const own = fields.length === 0
        ? []
        : [{ action: 'update', resource: { id: wanted.name, kind: STACK, name: wanted.name }, fields }];
    return [...own, ...outputChanges(templates, values)];
}
/** Outputs that the template declares otherwise than the deployed one does. */
function outputChanges({ now, declared }, values) {
    const before = (0,src_json/* asObject */.eB)((0,src_json.at)(readTemplateOf(now), 'Outputs')) ?? {};
    const after = (0,src_json/* asObject */.eB)(declared.json['Outputs']) ?? {};
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => {
        const [one, other] = [before[name], after[name]];
        if ((0,src_json/* canonicalJson */.dj)(one ?? null) === (0,src_json/* canonicalJson */.dj)(other ?? null))
            return [];
        const action = one === undefined ? 'create' : other === undefined ? 'delete' : 'update';
        return [
            {
                action,
                resource: { id: `Outputs/${name}`, kind: 'Output', name },
                fields: action === 'delete' ? [] : fieldsBetween(one, other, '', (value) => values.shown(value))
            }
        ];
    });
}
/** Template-only differences that are no change of a resource or an output, such as descriptions. */
function readTemplateOf(body) {
    if (body === undefined)
        return null;
    try {
        return parseTemplate(body, 'deployed').json;
    }
    catch {
        return null;
    }
}
/**
 * AWS sees a difference and names none: a description, a mapping, a default that nothing uses, or the value of a
 * parameter with NoEcho, which AWS shows nobody.
 */
function silentChange({ stack, template }, { now, declared }, kept) {
    const found = now !== undefined && sameTemplate(declared, now)
        ? `AWS sees a difference, but names none: ${template} is the template that is deployed.`
        : `${template} differs from the deployed template, but in nothing that changes a resource or an output.`;
    // One that keeps its value is the same.
    const hidden = [...declared.parameters].flatMap(([name, one]) => (one.noEcho && !kept.includes(name) ? [name] : []));
    const secret = hidden.length === 0
        ? ''
        : ` Values of parameters with NoEcho cannot be compared, because AWS does not show them: ${hidden.join(', ')} may have another value.`;
    return {
        action: 'update',
        resource: { id: stack, kind: STACK, name: stack },
        fields: [],
        reason: `${found}${secret}`
    };
}
function parametersOf(stack, wanted, template) {
    const before = {};
    const after = {};
    for (const { ParameterKey: name, ParameterValue: value } of stack.Parameters ?? [])
        if (name !== undefined && value !== undefined)
            before[name] = value;
    for (const [name, { noEcho }] of template.parameters) {
        const given = wanted.parameters.get(name) ?? defaultOf(template, name);
        const present = before[name];
        // AWS shows nothing of it, so only the change set knows whether it is another one.
        if (noEcho && present !== undefined)
            after[name] = present;
        else if (given !== undefined)
            after[name] = given;
        else if (present !== undefined)
            after[name] = present;
    }
    return [before, after];
}
function defaultOf(template, name) {
    const value = (0,src_json.at)(template.json, 'Parameters', name, 'Default');
    if (value === undefined || value === null)
        return undefined;
    return Array.isArray(value) ? value.map(String).join(',') : String(value);
}
function tagsOf(tags) {
    return new Map((tags ?? []).flatMap(({ Key, Value }) => (Key?.startsWith('aws:') ? [] : [[Key ?? '', Value ?? '']])));
}
function rollbackOf({ RollbackConfiguration: configuration }) {
    return rollback((configuration?.RollbackTriggers ?? []).flatMap(({ Arn }) => (Arn === undefined ? [] : [Arn])), configuration?.MonitoringTimeInMinutes ?? 0);
}
function wantedRollback({ rollbackTriggers, monitoringTime }) {
    return rollback(rollbackTriggers, monitoringTime);
}
function rollback(triggers, minutes) {
    return { triggers: [...triggers].sort(), monitoringMinutes: minutes };
}
/** The stack policy and the protection against deletion, each a change of its own. */
function settingChanges(name, now, wanted) {
    const show = (value) => value === undefined || value === null ? { type: 'absent' } : { type: 'value', value };
    const fields = wanted.policy === undefined
        ? []
        : fieldsBetween(jsonOf(now.policy), jsonOf(wanted.policy), '', show).map((field) => field.path === '' ? { ...field, path: 'Statement' } : field);
    const resource = (kind, id) => ({ id: `${name}/${id}`, kind, name: id });
    return {
        ...(fields.length === 0
            ? {}
            : {
                policy: {
                    action: now.policy === undefined ? 'create' : 'update',
                    resource: resource('StackPolicy', 'stack policy'),
                    fields
                }
            }),
        ...(wanted.protection === undefined || wanted.protection === now.protection
            ? {}
            : {
                protection: {
                    action: 'update',
                    resource: resource('TerminationProtection', 'termination protection'),
                    fields: [{ path: 'enabled', before: show(now.protection), after: show(wanted.protection) }]
                }
            })
    };
}
function jsonOf(text) {
    if (text === undefined)
        return undefined;
    try {
        return (0,src_json/* parseJson */.qF)(text);
    }
    catch {
        return text;
    }
}
function record(map) {
    return Object.fromEntries(map);
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/look.js














/** Bytes of a template that can be sent as it is. */
const LARGEST = 51_200;
/** What applying would do, by a change set that is really made. */
async function look(options, declared, purpose, setup) {
    const { api, clock, values } = setup;
    const { signal, log } = options;
    const waiting = { clock, deadline: setup.deadline, signal, log, prefix: options.changeSetPrefix };
    const state = await settledStack(api, options.stack, waiting);
    const stack = state.state === 'ready' ? state.stack : undefined;
    const present = new Map();
    if (stack)
        for (const one of await api.resources(options.stack))
            if (one.ResourceStatus !== 'DELETE_COMPLETE')
                present.set(one.LogicalResourceId ?? '', one.ResourceType ?? '');
    const deployed = stack ? await api.template(options.stack) : undefined;
    const declaredDigest = digestOf(options, declared);
    const request = (revertDrift) => changeSetRequest(options, declared, {
        state,
        purpose,
        name: `${options.changeSetPrefix}-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`,
        description: describeDeployment(options, declaredDigest, { executed: true }),
        present: new Set(present.keys()),
        revertDrift
    });
    const make = (revertDrift) => made(setup, options, declared, request(revertDrift), deployed, purpose);
    let result;
    let drift;
    const canRevert = purpose === 'drift' && stack !== undefined;
    try {
        result = await make(canRevert);
    }
    catch (error) {
        if (!canRevert || !knowsNoRevert(error)) {
            await removeReview(api, options, state);
            throw error;
        }
        log.debug(`drift-aware change sets: ${error instanceof Error ? error.message : ''}`);
        result = await make(false);
        const looking = { clock, deadline: setup.deadline, signal, values, template: declared.template };
        try {
            drift = await detectDrift(api, options.stack, looking);
        }
        catch (failure) {
            if (result.changeSet)
                await removeChangeSet(api, result.changeSet.id, clock);
            throw failure;
        }
    }
    const { changeSet, input, parameters } = result;
    let left = changeSet;
    const dispose = async () => {
        if (left?.executable)
            await removeChangeSet(api, left.id, clock);
        left = undefined;
        await removeReview(api, options, state);
    };
    try {
        const read = (changeSet?.changes ?? []).flatMap(({ path, change }) => readChange(change, { purpose, values, template: declared.template, path }) ?? []);
        const own = changeSet?.executable === true && stack ? ownChanges(options, declared, stack, deployed, values) : [];
        const silent = stack && changeSet?.executable && changeSet.silent && own.length === 0
            ? [silentChange(options, { now: deployed, declared: declared.template }, parameters.kept)]
            : [];
        const settings = settingChanges(options.stack, {
            policy: stack && declared.policy !== undefined ? await api.stackPolicy(options.stack) : undefined,
            protection: stack?.EnableTerminationProtection ?? false
        }, { policy: declared.policy, protection: options.terminationProtection });
        const inAccount = drift?.changes.filter(({ resource }) => !read.some(({ change }) => change.resource.id === resource.id));
        const settingList = [settings.policy, settings.protection].flatMap((one) => one ?? []);
        const destroys = read.flatMap(({ change, destroys }) => (destroys ? [change.resource.id] : []));
        const changes = [...read.map(({ change }) => change), ...own, ...silent, ...(inAccount ?? []), ...settingList];
        const notes = notesOf(options, { purpose, destroys, parameters, drift: drift?.notes ?? [] });
        if (purpose === 'drift' && stack && deployed !== undefined && changeSet?.executable)
            if (!sameTemplate(declared.template, deployed))
                notes.push('The template of the stack is another one than was deployed: somebody updated the stack by other means.');
        const plan = planOf(options, purpose, declaredDigest, changes, destroys, notes, present, declared);
        return {
            plan,
            destroys,
            settings,
            // Nested stacks that are only looked through make a change set that does nothing.
            changeSet: changeSet?.executable && read.length + own.length + silent.length > 0 ? changeSet : undefined,
            input,
            state,
            values,
            dispose
        };
    }
    catch (error) {
        await dispose().catch(() => { });
        throw error;
    }
}
/** Makes the change set; a template that is too large goes through the bucket, and does not stay there. */
async function made({ api, clock, deadline }, options, declared, request, deployed, purpose) {
    const { input, parameters } = request;
    const { body } = declared.template;
    const waiting = { clock, deadline, signal: options.signal };
    const submit = async (source) => ({
        changeSet: await makeChangeSet(api, { ...input, ...source }, waiting),
        input,
        parameters
    });
    if (purpose === 'drift' && deployed === body)
        return submit({ UsePreviousTemplate: true });
    if (Buffer.byteLength(body) <= LARGEST)
        return submit({ TemplateBody: body });
    if (options.s3Bucket === undefined)
        throw new errors/* GitOpsError */.$(`${options.template} has ${Buffer.byteLength(body).toLocaleString('en')} bytes; CloudFormation takes ${LARGEST.toLocaleString('en')} with a request.`, {
            hint: 'Name a bucket in the region of the stack with s3-bucket; the template passes through it and is removed again.'
        });
    const hash = (0,external_node_crypto_.createHash)('sha256').update(body).digest('hex');
    const object = {
        bucket: options.s3Bucket,
        key: [options.s3Prefix.replace(/\/+$/, ''), `${hash}.template`].filter((part) => part !== '').join('/'),
        body
    };
    let upload = await api.upload(object);
    try {
        try {
            return await submit({ TemplateURL: upload.url });
        }
        catch (error) {
            // A run beside this one had put it there, and took it away in the meantime.
            if (upload.made || !(error instanceof aws_error/* AwsError */.Gy) || !/NoSuchKey|does not exist/i.test(error.message))
                throw error;
            upload = await api.upload(object);
            return await submit({ TemplateURL: upload.url });
        }
    }
    finally {
        if (upload.made)
            await api.removeUpload(object);
    }
}
function ownChanges(options, declared, stack, deployed, values) {
    return stackChanges(stack, {
        name: options.stack,
        parameters: declared.parameters,
        tags: options.tags,
        notificationArns: options.notificationArns,
        rollbackTriggers: options.rollbackConfiguration.triggers,
        monitoringTime: declared.monitoringTime
    }, { now: deployed, declared: declared.template }, values);
}
function notesOf(options, found) {
    const notes = [...found.drift];
    if (found.parameters.kept.length > 0)
        notes.push(`${found.parameters.kept.join(', ')} ${found.parameters.kept.length === 1 ? 'keeps its' : 'keep their'} present value: nothing gives one, and the template has no default.`);
    if (found.destroys.length > 0 && !options.allowDestroy)
        notes.push(`${listed(found.destroys)} would be deleted or replaced, so nothing of this plan is applied without allow-destroy: true.`);
    return notes;
}
function planOf(options, purpose, declaredDigest, found, destroys, notes, present, declared) {
    const { recordedDigest } = options;
    const other = purpose === 'drift' && recordedDigest !== undefined && recordedDigest !== declaredDigest;
    const forbidden = destroys.length > 0 && !options.allowDestroy;
    if (other && found.length > 0)
        notes.push('Not healed by itself: with the same commit, the parameters or files differ from those that were deployed, so some of this may be a change that is yet to be deployed.');
    // A change set is executed as a whole, so one change that must not be healed keeps all of them from it.
    const changes = other || forbidden ? found.map((one) => ({ ...one, healable: false })) : found;
    const touched = new Set(changes.map((change) => change.resource.id));
    const resources = present.size > 0 ? present.keys() : declared.template.resources.keys();
    const base = { target: options.id, kind: 'cloudformation' };
    return {
        ...base,
        purpose,
        changes,
        unchanged: [...resources].filter((id) => !touched.has(id)).length,
        notes,
        declaredDigest,
        digest: (0,plan/* planDigest */.G)({ ...base, changes, declaredDigest })
    };
}
/** Over everything that is declared. Secret values are stretched: the digest is shown, and must give away none. */
function digestOf(options, declared) {
    const parameters = [...declared.parameters]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => [
        name,
        declared.template.parameters.get(name)?.noEcho ? (0,external_node_crypto_.scryptSync)(value, options.stack, 32).toString('hex') : value
    ]);
    const content = {
        stack: options.stack,
        template: declared.template.body,
        parameters,
        tags: [...options.tags].sort(),
        capabilities: [...options.capabilities].sort(),
        policy: declared.policy ?? null,
        protection: options.terminationProtection ?? null,
        notifications: [...options.notificationArns].sort(),
        rollback: [...options.rollbackConfiguration.triggers].sort(),
        monitoring: declared.monitoringTime,
        imports: declared.imports.map((one) => JSON.stringify(one))
    };
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update((0,src_json/* canonicalJson */.dj)(content)).digest('hex')}`;
}
function listed(names) {
    const shown = names.slice(0, 10).join(', ');
    return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/remember.js



/**
 * Remembers a deploy that executed no change set: one of the stack's policy or protection alone, or one that found
 * nothing to do. A change set that does nothing is left with the stack instead, in place of an older one of this
 * target. AWS does not let it be executed; but for a stack with nested stacks, which it lists in every change set, and
 * there executing it would leave everything as it is. What was deployed is deployed: a record that fails is a warning.
 */
async function rememberUnexecuted(api, options, digest) {
    try {
        const stack = await api.describeStack(options.stack);
        if (stack?.StackId === undefined || /^(?:DELETE_COMPLETE|REVIEW_IN_PROGRESS)$/.test(stack.StackStatus ?? ''))
            return;
        const before = await api.listChangeSets(stack.StackId);
        const known = deploymentOf(before, stack, options);
        if (known?.status === 'succeeded' && known.digest === digest && known.revision === options.source.revision)
            return;
        // Everything is as it is, so that there is nothing to do. Tags of AWS' own may not be given.
        await api.createChangeSet({
            StackName: options.stack,
            ChangeSetName: `${options.changeSetPrefix}-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`,
            ChangeSetType: 'UPDATE',
            UsePreviousTemplate: true,
            Parameters: (stack.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
            Tags: (stack.Tags ?? []).filter(({ Key }) => !Key?.startsWith('aws:')),
            NotificationARNs: stack.NotificationARNs ?? [],
            Capabilities: [...options.capabilities],
            Description: describeDeployment(options, digest, { executed: false }),
            ...(stack.RollbackConfiguration ? { RollbackConfiguration: stack.RollbackConfiguration } : {}),
            ...(options.roleArn === undefined ? {} : { RoleARN: options.roleArn })
        });
        await removeOlder(api, options, before);
    }
    catch (error) {
        options.log.warning(`The deployment of stack ${options.stack} could not be recorded with it (${(0,errors/* messageOf */.b)(error)}): a drift check compares with the deployment before.`);
    }
}
/** Afterwards, so that the stack is never without a record. */
async function removeOlder(api, options, before) {
    for (const one of before) {
        // One that somebody executed all the same belongs to the history of the stack, and AWS deletes it no more.
        if (!isUnexecutedRecord(one) || one.ChangeSetId === undefined || one.ExecutionStatus?.startsWith('EXECUTE_'))
            continue;
        const old = readRecord(one.Description);
        if (old && (old.target !== options.id || old.environment !== options.environment))
            continue;
        try {
            await api.deleteChangeSet(one.ChangeSetId);
        }
        catch (error) {
            // The newest counts, whatever is left beside it.
            options.log.warning(`The older record ${one.ChangeSetName} of stack ${options.stack} could not be removed (${(0,errors/* messageOf */.b)(error)}). It is no longer read; the next deploy without changes tries again.`);
        }
    }
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/settings.js

/**
 * Sets what is no part of a template: the stack policy and the protection against deletion. Last, so that the policy
 * which was in force decides about the update that came before.
 */
async function applySettings(api, done) {
    const { options, declared, look } = done;
    const { policy, protection } = look.settings;
    if (policy && declared.policy !== undefined) {
        await api.setStackPolicy(options.stack, declared.policy);
        options.log.info(`The policy of stack ${options.stack} is set.`);
    }
    if (protection && options.terminationProtection !== undefined) {
        await api.setTerminationProtection(options.stack, options.terminationProtection);
        options.log.info(`Stack ${options.stack} is ${options.terminationProtection ? 'protected' : 'no longer protected'} against deletion.`);
    }
    if (!done.executed && (policy || protection))
        await rememberUnexecuted(api, options, look.plan.declaredDigest);
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/target.js












/**
 * A stack. A plan is read from a change set that AWS makes for it and that is taken away again; applying makes it anew,
 * and executes it only if it says the same.
 */
async function cloudformationTarget(options) {
    const { id, stack, log } = options;
    const clock = options.clock ?? realClock;
    const now = options.now ?? (() => new Date());
    const declared = readDeclared(options);
    const secrets = [...declared.parameters].flatMap(([name, value]) => declared.template.parameters.get(name)?.noEcho ? [value] : []);
    for (const secret of secrets)
        options.onSecret?.(secret);
    const values = new Values(options.secretKey, secrets);
    const planned = new WeakMap();
    const connected = lazily(() => target_open(options));
    let record;
    /** Looks, with failures in words that a person can act on. */
    async function looking(what, purpose) {
        try {
            const api = await connected();
            return await look(options, declared, purpose, { api, clock, deadline: clock.now() + options.timeout, values });
        }
        catch (error) {
            throw await told(what, error);
        }
    }
    async function told(what, error) {
        if (options.signal?.aborted || error instanceof Cancelled)
            return new errors/* GitOpsError */.$(`The run was cancelled before stack ${stack} was written.`, { hint: 'Run again.' });
        const region = await connected().then((api) => api.region, () => options.region);
        return explain(what, error, { stack, region, mask: (text) => values.masked(text), template: declared.template });
    }
    async function plan(purpose) {
        const seen = await looking(purpose === 'drift' ? 'The drift check' : 'Planning', purpose);
        try {
            await seen.dispose();
        }
        catch (error) {
            if (options.signal?.aborted)
                throw await told('Planning', error);
            // What is planned is right all the same.
            log.warning(`Not everything that the preview of stack ${stack} made could be removed: ${messageIn(error)}`);
        }
        planned.set(seen.plan, { purpose, destroys: seen.destroys });
        return seen.plan;
    }
    async function apply(wanted) {
        const started = now();
        const seconds = () => Math.max(0, now().getTime() - started.getTime()) / 1000;
        const known = planned.get(wanted);
        if (!known)
            throw new Error(`the plan of ${id} was made by another target`);
        refuseDestroying(known.destroys, options.allowDestroy, listed(known.destroys));
        if (wanted.changes.length === 0) {
            if (known.purpose === 'deploy')
                await rememberUnexecuted(await connected(), options, wanted.declaredDigest);
            record = recordOf(options, wanted, 'succeeded', now());
            return { target: id, status: 'succeeded', results: [], seconds: seconds() };
        }
        const seen = await looking('The update', known.purpose);
        const end = async (outcome) => {
            record = recordOf(options, wanted, outcome.status === 'succeeded' ? 'succeeded' : 'failed', now());
            return { target: id, ...outcome, seconds: seconds() };
        };
        let executed;
        try {
            refuseOther(seen.plan, wanted);
            if (options.signal?.aborted)
                throw new Cancelled();
        }
        catch (error) {
            await seen.dispose().catch(() => { });
            throw await told('The update', error);
        }
        const api = await connected();
        const changed = wanted.changes.filter((one) => one.healable !== false || known.purpose === 'deploy');
        try {
            if (seen.changeSet) {
                const { id: changeSetId, stackId } = seen.changeSet;
                executed = await execute({ id: changeSetId, stackId, name: seen.input.ChangeSetName ?? '' }, {
                    api,
                    clock,
                    deadline: clock.now() + options.timeout,
                    signal: options.signal,
                    log,
                    values,
                    template: declared.template
                });
                if (!executed.ok)
                    return end({
                        status: 'failed',
                        results: resultsOf(changed, executed),
                        ...(executed.failure ? { failure: executed.failure } : {})
                    });
            }
            else
                await seen.dispose();
            await applySettings(api, { options, declared, look: seen, executed: executed !== undefined });
            return end({ status: 'succeeded', results: resultsOf(changed, executed) });
        }
        catch (error) {
            // What did not begin leaves nothing behind.
            if (error instanceof aws_error/* AwsError */.Gy && error.operation === 'ExecuteChangeSet')
                await seen.dispose().catch(() => { });
            if (options.signal?.aborted || error instanceof Cancelled)
                return end(cancelled(stack, changed));
            const failure = await told('The update', error);
            if (!(failure instanceof errors/* GitOpsError */.$))
                throw failure;
            const results = changed.map(({ resource }) => ({
                resource,
                action: 'skipped',
                message: failure.message
            }));
            return end({
                status: 'failed',
                results,
                failure: {
                    message: failure.message,
                    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
                    resources: []
                }
            });
        }
    }
    async function outputs() {
        try {
            const found = await (await connected()).describeStack(stack);
            return Object.fromEntries((found?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) => OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]]));
        }
        catch (error) {
            throw await told('Reading the outputs', error);
        }
    }
    return {
        id,
        kind: 'cloudformation',
        plan,
        apply,
        outputs,
        declaredOutputs: async () => outputNames(declared.template),
        deployed: async () => record ?? readDeployment(options, options)
    };
}
/** What the change sets of a stack tell of its deployments; undefined when there is no stack, or nothing of ours. */
async function readDeployment(declared, setup) {
    try {
        const api = await target_open({ ...setup, region: declared.region });
        const stack = await api.describeStack(declared.stack);
        if (stack?.StackId === undefined || stack.StackStatus === 'DELETE_COMPLETE')
            return undefined;
        return deploymentOf(await api.listChangeSets(stack.StackId), stack, setup);
    }
    catch (error) {
        if ((0,aws_error/* isMissingStack */.fH)(error))
            return undefined;
        throw explain('Reading the last deployment', error, {
            stack: declared.stack,
            region: declared.region,
            mask: (text) => text
        });
    }
}
async function target_open(options) {
    const connect = options.connect ?? (await Promise.all(/* import() */[__webpack_require__.e(123), __webpack_require__.e(344)]).then(__webpack_require__.bind(__webpack_require__, 344))).connect;
    return connect({
        ...(options.region === undefined ? {} : { region: options.region }),
        ...(options.signal ? { signal: options.signal } : {})
    });
}
/** @throws GitOpsError when the stack or the declaration has changed since the plan was made */
function refuseOther(now, wanted) {
    if (now.digest === wanted.digest)
        return;
    throw new errors/* GitOpsError */.$(`Stack ${wanted.target} is no longer as it was when it was planned: the change set says otherwise now.`, {
        hint: 'Nothing was written. Somebody changed the stack in between. Run again; the new plan says what is left.'
    });
}
function cancelled(stack, changes) {
    return {
        status: 'cancelled',
        results: changes.map(({ resource }) => ({ resource, action: 'skipped', message: 'The run ended before it.' })),
        failure: {
            message: `The run was cancelled while stack ${stack} was being updated. In AWS the update goes on.`,
            hint: `Run again: the next run waits for it and goes on from there. To undo it instead: aws cloudformation cancel-update-stack --stack-name ${stack}.`,
            resources: []
        }
    };
}
function recordOf(options, plan, status, time) {
    return {
        target: options.id,
        environment: options.environment,
        ...options.source,
        digest: plan.declaredDigest,
        images: {},
        time: time.toISOString(),
        status,
        history: []
    };
}
function messageIn(error) {
    return error instanceof aws_error/* AwsError */.Gy ? `${error.operation}: ${error.message}` : String(error);
}
function lazily(work) {
    let begun;
    return () => {
        begun ??= work();
        begun.catch(() => {
            begun = undefined;
        });
        return begun;
    };
}

;// CONCATENATED MODULE: ./src/targets/cloudformation/index.js




/***/ }),

/***/ 7998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ planDigest),
/* harmony export */   a: () => (/* binding */ TARGET_KINDS)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);


const TARGET_KINDS = ['kubernetes', 'kops', 'terraform', 'cloudformation'];
/**
 * The digest that binds an approval to a plan: over target, declared set and changes (action, resource and each
 * field's before and after), whatever order they were found in: that is the order of the input. Attribution, notes and
 * secret fingerprints (keyed per run) do not count; for secrets the caller's `declaredDigest` stands in.
 */
function planDigest(plan) {
    const value = {
        target: plan.target,
        kind: plan.kind,
        declared: plan.declaredDigest,
        changes: inOneOrder(plan.changes.map((change) => ({
            action: change.action,
            resource: change.resource.id,
            fields: inOneOrder(change.fields.map((field) => [field.path, digestible(field.before), digestible(field.after)]))
        })))
    };
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value)).digest('hex')}`;
}
function inOneOrder(values) {
    return values
        .map((value) => ({ value, text: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value) }))
        .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
        .map(({ value }) => value);
}
function digestible(value) {
    return value.type === 'value' ? { value: value.value } : value.type;
}


/***/ })

};
