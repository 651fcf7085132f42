export const id = 278;
export const ids = [278];
export const modules = {

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


/***/ }),

/***/ 3278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  terraformTarget: () => (/* reexport */ terraformTarget)
});

// UNUSED EXPORTS: ENGINES

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/errors.js
var src_errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var src_json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/workspace.js
var workspace = __webpack_require__(85);
// EXTERNAL MODULE: ./src/targets/plan.js
var plan = __webpack_require__(7998);
;// CONCATENATED MODULE: ./src/targets/terraform/apply.js

/** Lines of a provisioner that are kept for the reason of a failure. */
const KEPT = 20;
/** Follows an apply by its messages: what was begun, done and failed, by address. */
class ApplyProgress {
    #log;
    #mask;
    #done = new Map();
    #failed = new Set();
    #output = new Map();
    constructor(log, mask) {
        this.#log = log;
        this.#mask = mask;
    }
    add(message) {
        const type = (0,src_json/* asString */.oJ)((0,src_json.at)(message, 'type')) ?? '';
        const address = (0,src_json/* asString */.oJ)((0,src_json.at)(message, 'hook', 'resource', 'addr'));
        const text = this.#mask(((0,src_json/* asString */.oJ)((0,src_json.at)(message, '@message')) ?? '').trim());
        if (address !== undefined) {
            const action = (0,src_json/* asString */.oJ)((0,src_json.at)(message, 'hook', 'action')) ?? '';
            if (type === 'apply_complete')
                this.#done.set(address, (this.#done.get(address) ?? new Set()).add(action));
            if (type === 'apply_errored')
                this.#failed.add(address);
            if (type === 'provision_progress')
                this.#keep(address, message);
        }
        // The plan is known already; diagnostics are told in the end.
        if (/^(?:apply|provision)_|^(?:change_summary|log|state_lock_.*)$/.test(type))
            this.#log.info(text);
        else
            this.#log.debug(text);
    }
    /** What became of each change. Changes of the state alone hold when the whole run did. */
    results(changes, ok, diagnostics) {
        return changes.map(({ resource, action }) => {
            const address = resource.id.replace(/ \(deposed .*\)$/, '');
            const errors = diagnostics.filter((one) => one.severity === 'error' && one.address === address);
            if (this.#failed.has(address) || (errors.length > 0 && !ok)) {
                const reason = errors.map((one) => one.summary).join('; ');
                return { resource, action: 'failed', ...(reason === '' ? {} : { message: this.#mask(reason) }) };
            }
            if (ok || this.#isDone(address, action))
                return { resource, action: DONE[action] ?? 'updated' };
            return { resource, action: 'skipped', message: 'The run ended before it.' };
        });
    }
    /** The resources that failed, with all that was said about them. */
    unhealthy(changes, diagnostics) {
        const errors = diagnostics.filter((one) => one.severity === 'error');
        return changes.flatMap(({ resource }) => {
            const about = errors.filter((one) => one.address === resource.id);
            if (about.length === 0 && !this.#failed.has(resource.id))
                return [];
            const message = about.map((one) => `${one.summary}: ${one.detail}`.replace(/: $/, '')).join(' ') || 'It failed.';
            const logs = this.#output.get(resource.id) ?? [];
            return [{ resource, status: 'Degraded', message: this.#mask(message), events: [], logs }];
        });
    }
    #isDone(address, action) {
        const done = this.#done.get(address);
        // Of a replacement, the new object is what counts.
        return done !== undefined && (action !== 'replace' || done.has('create'));
    }
    #keep(address, message) {
        const lines = this.#output.get(address) ?? [];
        lines.push(this.#mask((0,src_json/* asString */.oJ)((0,src_json.at)(message, 'hook', 'output')) ?? ''));
        this.#output.set(address, lines.slice(-KEPT));
    }
}
const DONE = {
    create: 'created',
    update: 'updated',
    replace: 'replaced',
    delete: 'pruned'
};

;// CONCATENATED MODULE: ./src/targets/terraform/declared-outputs.js



/**
 * Names of the outputs that the files of a root module declare. Read from the text, without the engine: a name that
 * stands in a comment counts too, so what is not among them is surely not declared.
 * @returns undefined when a file cannot be understood
 */
async function declaredOutputs(directory) {
    const names = new Set();
    for (const file of (await (0,promises_.readdir)(directory)).toSorted()) {
        if (!/\.(tf|tofu)(\.json)?$/.test(file))
            continue;
        const text = await (0,promises_.readFile)(external_node_path_.join(directory, file), 'utf8');
        const found = file.endsWith('.json') ? inJson(text) : inHcl(text);
        if (!found)
            return undefined;
        for (const name of found)
            names.add(name);
    }
    return [...names];
}
function inHcl(text) {
    return [...text.matchAll(/(?:^|[\s}])output\s+"?([^\s"{}]+)"?\s*\{/g)].map((match) => match[1] ?? '');
}
/** One object of outputs by name, or a list of such objects. */
function inJson(text) {
    let json;
    try {
        json = (0,src_json/* parseJson */.qF)(text);
    }
    catch {
        return undefined;
    }
    const given = (0,src_json.at)(json, 'output') ?? [];
    return (Array.isArray(given) ? given : [given]).flatMap((one) => Object.keys((0,src_json/* asObject */.eB)(one) ?? {}));
}

;// CONCATENATED MODULE: ./src/targets/terraform/digest.js


/** What scrypt takes: 32 MiB and about a tenth of a second for each guess. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
/**
 * `sha256:…` over a value. Digests of plans are published, and nearly all that goes into them can be read in the
 * repository: where the rest is secret, each guess at it is made expensive.
 */
function digestOf(value, { secret }) {
    const text = (0,src_json/* canonicalJson */.dj)(value);
    return `sha256:${sha256(secret ? (0,external_node_crypto_.scryptSync)(text, 'gitops-actions', 32, COST) : text)}`;
}
/** In hex. */
function sha256(content) {
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
}

;// CONCATENATED MODULE: ./src/targets/terraform/errored-state.js



/** What a tool writes beside the root module when its backend does not take the state. */
const ERRORED = 'errored.tfstate';
/** Milliseconds before each further attempt to store a state: what is down for longer needs a person. */
const PUSH_AFTER = [2_000, 8_000, 20_000];
const underWay = new Map();
/**
 * Runs an apply in a root module, telling it whether it was the only one there at any time of its own. Workspaces that
 * are applied side by side leave a state that cannot be stored in the same file, which does not say whose it is.
 */
async function amongOthers(directory, work) {
    const others = underWay.get(directory) ?? new Set();
    underWay.set(directory, others);
    const own = { alone: others.size === 0 };
    for (const other of others)
        other.alone = false;
    others.add(own);
    try {
        return await work(own);
    }
    finally {
        others.delete(own);
    }
}
/** Whether an error says that the state could not be stored. */
function isUnstored(diagnostic) {
    return /^Failed to (?:save|persist) state/.test(diagnostic.summary) || diagnostic.detail.includes(ERRORED);
}
/**
 * Takes care of a state that the backend did not take. What was made is recorded nowhere else, and the checkout may be
 * gone before a person looks: so it is moved to a place of its own, and storing it is tried again for a while.
 * @returns undefined where there is no such state
 */
async function rescueState(options) {
    const { directory, file, log } = options;
    const left = external_node_path_.join(directory, ERRORED);
    if (!(0,external_node_fs_.existsSync)(left))
        return undefined;
    await (0,promises_.mkdir)(external_node_path_.dirname(file), { recursive: true });
    // Not renamed: the checkout may lie on another disk.
    await (0,promises_.copyFile)(left, file, external_node_fs_.constants.COPYFILE_EXCL);
    await (0,promises_.chmod)(file, 0o600);
    await (0,promises_.rm)(left, { force: true });
    if (!options.alone)
        return { stored: false, file, ambiguous: true };
    for (const [index, wait] of PUSH_AFTER.entries()) {
        log.warning(`The state could not be stored. Trying again (${index + 1} of ${PUSH_AFTER.length}).`);
        await options.sleep(wait);
        if (!(await options.push(file)))
            continue;
        await (0,promises_.rm)(file, { force: true });
        log.info('The state is stored.');
        return { stored: true, file, ambiguous: false };
    }
    return { stored: false, file, ambiguous: false };
}

;// CONCATENATED MODULE: ./src/targets/terraform/backend.js


/**
 * The first of some settings of the backend, for messages: what is given beside the block wins over it. Read as text,
 * since what the tool made of it lies in its own data folder. Never throws.
 */
function backendSetting(request, names) {
    const { directory, checkout, backendConfig = [] } = request;
    for (const given of backendConfig.toReversed()) {
        const [, key = '', value = ''] = /^([A-Za-z_][\w.-]*)\s*=(.*)$/s.exec(given) ?? [];
        if (names.includes(key))
            return { value: value.trim(), where: 'backend-config' };
        if (key !== '')
            continue;
        const found = settingIn(textOf(external_node_path_.resolve(checkout, given)), names);
        if (found)
            return { value: found.value, where: `${given}:${found.line}` };
    }
    for (const file of configurationFiles(directory)) {
        const text = textOf(file);
        const block = /^[ \t]*backend\s+"?[\w-]+"?\s*\{/m.exec(text);
        if (!block)
            continue;
        const start = block.index + block[0].length;
        const inside = text.slice(start, endOfBlock(text, start));
        const place = (line) => `${external_node_path_.relative(checkout, file)}:${line}`;
        const found = settingIn(inside, names);
        const first = lineAt(text, start);
        if (!found)
            return { where: place(first) };
        return { value: found.value, where: place(first + found.line - 1) };
    }
    return undefined;
}
function settingIn(text, names) {
    const found = new RegExp(`^[ \\t]*(?:${names.join('|')})[ \\t]*=[ \\t]*"([^"\\n]*)"`, 'm').exec(text);
    return found ? { value: found[1] ?? '', line: lineAt(text, found.index) } : undefined;
}
/** Where the block closes; braces in its strings come in pairs. */
function endOfBlock(text, start) {
    let depth = 1;
    for (let at = start; at < text.length; at++) {
        if (text[at] === '{')
            depth++;
        else if (text[at] === '}' && --depth === 0)
            return at;
    }
    return text.length;
}
function lineAt(text, index) {
    return text.slice(0, index).split('\n').length;
}
function configurationFiles(directory) {
    try {
        return (0,external_node_fs_.readdirSync)(directory)
            .filter((name) => /\.(?:tf|tofu)$/.test(name))
            .sort()
            .map((name) => external_node_path_.join(directory, name));
    }
    catch {
        return [];
    }
}
function textOf(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./src/targets/terraform/failure.js



/**
 * The reason that the tool itself gives, first; then what to do about it. Errors in files are annotated where they stand.
 * `output` is what there is to show when the tool gave no reason.
 */
function failureOf(attempt, diagnostics, output) {
    const errors = diagnostics.filter((one) => one.severity === 'error' && !isFrame(one));
    const [first] = errors;
    const where = `${attempt.engine.title} ${attempt.command} in ${relative(attempt, attempt.directory)}`;
    if (!first) {
        const last = output.trim().split('\n').slice(-12).join('\n');
        return new src_errors/* GitOpsError */.$(`${where} failed${last === '' ? ' without a reason.' : `: ${last}`}`);
    }
    const known = explain(attempt, errors);
    const annotations = errors.flatMap((one) => annotationOf(attempt, one) ?? []);
    return new src_errors/* GitOpsError */.$(`${where} failed: ${known?.message ?? wordsOf(attempt, first)}`, {
        ...(known?.hint === undefined ? {} : { hint: known.hint }),
        details: (lockOf(errors) ? [] : errors.slice(1)).map((one) => wordsOf(attempt, one)),
        // One annotation per place says everything only if each error has a place.
        ...(annotations.length === errors.length && known?.message === undefined ? { annotations } : {})
    });
}
/** Who holds the lock, from the text of the error. */
function lockOf(diagnostics) {
    const text = diagnostics.find((one) => /state lock/i.test(`${one.summary} ${one.detail}`))?.detail;
    if (text === undefined)
        return undefined;
    const value = (name) => new RegExp(`^\\s*${name}:[ \\t]*(\\S.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
    const id = value('ID');
    if (id === '')
        return undefined;
    return {
        id,
        who: value('Who'),
        created: value('Created').replace(/^(\S+) (\d\d:\d\d:\d\d)\S* \+0000 UTC$/, '$1 $2 UTC'),
        operation: value('Operation')
            .replace(/^OperationType/, '')
            .toLowerCase()
    };
}
/** Whether a lock was not given because of what the credentials may do, and not because somebody holds it. */
function isLockDenied(diagnostics) {
    const refused = diagnostics.find((one) => one.severity === 'error' && /acquiring the state lock/.test(one.summary));
    return refused !== undefined && lockOf([refused]) === undefined && DENIED.test(refused.detail);
}
const DENIED = /Access ?Denied|Unauthorized|not authorized|Authorization(?:Permission|Failed)|StatusCode: 403|Error 403|403 Forbidden|Permission ?Denied|read-only file system/i;
/** `main.tf:2:11: Invalid expression. Expected the start of …` */
function wordsOf(attempt, one) {
    const place = one.range ? `${placeOf(attempt, one.range)}: ` : '';
    const about = one.address === undefined ? '' : `${one.address}: `;
    const summary = one.summary.replace(/[.,:]$/, '');
    const detail = one.detail.trim();
    return `${place}${about}${summary}${detail === '' ? '.' : `. ${detail}`}`;
}
/** A command for a person to type at the top of the checkout. */
function commandLine(attempt, args) {
    const program = attempt.engine.name === 'opentofu' ? 'tofu' : 'terraform';
    return `${program} -chdir=${relative(attempt, attempt.directory)} ${args}`;
}
/** Init wraps errors of the configuration in one that only says that there are some; an interrupt adds echoes. */
function isFrame(one) {
    return /encountered problems during initiali[sz]ation/.test(one.summary) || one.summary === 'execution halted';
}
function explain(attempt, errors) {
    const { title } = attempt.engine;
    const lock = lockOf(errors);
    if (lock) {
        return {
            message: `the state is locked by ${lock.who || 'somebody'} since ${lock.created || 'an unknown time'} (${lock.operation || 'unknown operation'}, lock ${lock.id}).`,
            hint: `Nothing was written. If that run still works, wait for it or raise lock-timeout. If it is dead: ${commandLine(attempt, `force-unlock ${lock.id}`)}.`
        };
    }
    const text = errors.map((one) => `${one.summary} ${one.detail}`).join('\n');
    for (const [pattern, hint] of HINTS)
        if (pattern.test(text)) {
            const bucket = pattern === NO_BUCKET ? bucketOf(attempt) : undefined;
            return { hint: `${bucket ?? ''}${hint.replaceAll('{tool}', title)}` };
        }
    return undefined;
}
const NO_BUCKET = /NoSuchBucket|bucket "?[^"]*"? ?does not exist|storage: bucket doesn't exist|ContainerNotFound/i;
/** The tools tell that there is no such bucket, and not which. */
function bucketOf(attempt) {
    const found = backendSetting(attempt, ['bucket', 'container_name']);
    if (!found)
        return undefined;
    const name = found.value === undefined ? 'Its name is not in the backend block' : `It is "${found.value}"`;
    return `${name} (${found.where}). `;
}
const HINTS = [
    [
        /plan is stale|state was changed by another operation/i,
        'Nothing was written: somebody applied something else since the plan was made. Run again; the new plan says what is left.'
    ],
    [
        /Failed to (?:persist|save) state|errored\.tfstate/i,
        'The state could not be stored. Do not run again before it is: look for errored.tfstate in the root module, and store it with state push errored.tfstate. Without that file, what was made must be imported.'
    ],
    [
        /was created by .{1,80}which is newer|Unsupported state file format|state format version|does not support state version/is,
        'Nothing was written: a newer version has written the state. Install at least that version of {tool} in an earlier step, and write it into the version file.'
    ],
    [
        /PermanentRedirect|StatusCode: 301|requested bucket from|BucketRegionError|IllegalLocationConstraint|AuthorizationHeaderMalformed/i,
        'The bucket lies in another region than the backend says. Put its own region into the backend block, or into backend-config (region=…).'
    ],
    [
        /Expired ?Token|token (?:included in the request )?(?:is|has) expired|credentials? (?:have|has)? ?expired|invalid_grant|RequestExpired/i,
        'The credentials have expired. Get new ones in an earlier step of the same job (OIDC credentials last an hour or so), or let the role live longer.'
    ],
    [
        /No valid credential sources|could not find default credentials|Unable to locate credentials|no credentials|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClient|AuthorizationFailed|AADSTS|failed to refresh cached credentials/i,
        'Log in to the cloud in an earlier step of the job (OIDC), and give the job permissions: id-token: write.'
    ],
    [
        DENIED,
        'The credentials are known but may not do this. The message above names what is missing; give it to the role of this job.'
    ],
    [
        /Unsupported (?:Terraform|OpenTofu) Core version|module is not compatible with OpenTofu/i,
        'The configuration asks for another version (required_version): install that in an earlier step, or give it as version.'
    ],
    [
        /Value for undeclared variable/i,
        'The root module does not declare it. Remove the line from variables (or TF_VAR_…, var-files), or declare the variable in the root module. With several directories in one step, variables and var-files go to every one of them: give directories that need others a step each, or make them targets of gitops.yaml.'
    ],
    [
        /No value for required variable/i,
        'Give it a line in variables (name=value), in a file of var-files, or as TF_VAR_name in the environment.'
    ],
    [
        /Inconsistent dependency lock file|locked provider .* does not match|doesn't match any of the checksums/i,
        'The lock file does not fit: run init -upgrade or providers lock -platform=linux_amd64 where you develop, and commit .terraform.lock.hcl.'
    ],
    [
        /Failed to (?:query available|resolve|install) provider|Could not (?:retrieve|resolve) .*provider|provider registry/i,
        'Is the source of the provider right, and its registry reachable from the runner? Where there is no internet, name a mirror in a CLI configuration file (TF_CLI_CONFIG_FILE).'
    ],
    [
        /Failed to download module|Module not (?:found|installed)|Unreadable module directory/i,
        'Is the source of the module right? For a private repository the job needs credentials of its own (git config, SSH key).'
    ],
    [
        NO_BUCKET,
        'Is the name in the backend block or in backend-config right, and do the credentials belong to its account? A bucket for states is made once, by hand or by another root module.'
    ],
    [
        /Saving a generated plan is currently not supported|remote backend does not support/i,
        'Plans that run in HCP Terraform cannot be saved and applied from here. Set the execution mode of its workspace to local, or use another backend.'
    ],
    [
        /connection refused|no such host|i\/o timeout|TLS handshake timeout|network is unreachable|context deadline exceeded|request send failed/i,
        'The address in the message could not be reached from this runner. Is its name or region right, and does the job need a proxy or a runner inside of the network?'
    ],
    [
        /backend|"(?:bucket|key|region|container_name|resource_group_name|storage_account_name|hostname|organization)" (?:attribute|is required|or the)|Missing Required Value|bucket does not exist|NoSuchBucket/i,
        'Look at the backend block and the input backend-config: values that are not in the block belong there, one key=value a line.'
    ],
    [/prevent_destroy/i, 'The configuration forbids this itself (lifecycle prevent_destroy).']
];
function annotationOf(attempt, one) {
    if (!one.range)
        return undefined;
    const { line, column } = one.range;
    const file = relative(attempt, external_node_path_.resolve(attempt.directory, one.range.file));
    if (file.startsWith('..'))
        return undefined;
    return { place: { file, line, ...(column === undefined ? {} : { column }) }, message: wordsOf(attempt, one) };
}
function placeOf(attempt, range) {
    const file = relative(attempt, external_node_path_.resolve(attempt.directory, range.file));
    return [file, range.line, ...(range.column === undefined ? [] : [range.column])].join(':');
}
function relative(attempt, file) {
    return external_node_path_.relative(attempt.checkout, file) || '.';
}

;// CONCATENATED MODULE: ./src/targets/terraform/fields.js


const UNKNOWN_VALUE = 'known after apply';
/**
 * The leaves that differ, with paths as a person writes them (`tags.Name`, `ingress[0].port`). Null and absent are the
 * same: to Terraform both are "not set". A sensitive value is shown by a fingerprint only.
 */
function changedFields(change, secrecy) {
    const fields = [];
    walk('', change);
    return fields;
    function walk(path, { before, after, unknown, beforeSensitive, afterSensitive }) {
        const secret = beforeSensitive === true || afterSensitive === true;
        // Anything sensitive inside a value that is shown whole makes all of it secret.
        const hidden = secret || hasTrue(beforeSensitive) || hasTrue(afterSensitive);
        if (unknown === true) {
            fields.push({ path, before: shown(before, hidden), after: { type: 'value', value: UNKNOWN_VALUE } });
            return;
        }
        const nested = unknown !== undefined && unknown !== null && unknown !== false && hasTrue(unknown);
        if (!nested && same(before, after))
            return;
        if (!secret && isNested(before, after, unknown)) {
            for (const [step, key] of keysOf(path, before, after, unknown))
                walk(step, {
                    before: child(before, key),
                    after: child(after, key),
                    unknown: child(unknown, key),
                    beforeSensitive: child(beforeSensitive, key),
                    afterSensitive: child(afterSensitive, key)
                });
            return;
        }
        fields.push({ path, before: shown(before, hidden), after: shown(after, hidden) });
    }
    function shown(value, secret) {
        if (value === undefined || value === null)
            return { type: 'absent' };
        if (!secret && !holds(value, secrecy.texts))
            return { type: 'value', value };
        const fingerprint = (0,external_node_crypto_.createHmac)('sha256', secrecy.key).update((0,src_json/* canonicalJson */.dj)(value)).digest('hex').slice(0, 16);
        return { type: 'secret', fingerprint };
    }
}
/** Texts at sensitive places: what no log may show. */
function sensitiveTexts(value, sensitive) {
    if (sensitive === true)
        return texts(value);
    const keys = (0,src_json/* isObject */.Gv)(sensitive) ? Object.keys(sensitive) : ((0,src_json/* asList */.DD)(sensitive) ?? []).map((_, index) => index);
    return keys.flatMap((key) => sensitiveTexts(child(value, key), child(sensitive, key)));
}
/** Shorter secrets are found by equality only: they are words that occur everywhere. */
const DISTINCT = 8;
function holds(value, secrets) {
    return texts(value).some((text) => secrets.some((secret) => text === secret || (secret.length >= DISTINCT && text.includes(secret))));
}
/** Every text inside of a value. */
function texts(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(texts);
    return (0,src_json/* isObject */.Gv)(value) ? Object.values(value).flatMap(texts) : [];
}
function same(before, after) {
    return (0,src_json/* canonicalJson */.dj)(before ?? null) === (0,src_json/* canonicalJson */.dj)(after ?? null);
}
/** Whether the difference is better shown below: of maps always, of lists when their items are structures. */
function isNested(...values) {
    const present = values.filter((value) => value !== undefined && value !== null && value !== false);
    if (present.length === 0)
        return false;
    if (present.every(src_json/* isObject */.Gv))
        return true;
    return (present.every(Array.isArray) &&
        present.some((list) => ((0,src_json/* asList */.DD)(list) ?? []).some((item) => (0,src_json/* isObject */.Gv)(item) || Array.isArray(item) || item === true)));
}
function* keysOf(path, ...values) {
    const length = Math.max(...values.map((value) => (0,src_json/* asList */.DD)(value)?.length ?? 0));
    for (let index = 0; index < length; index++)
        yield [`${path}[${index}]`, index];
    const names = new Set(values.flatMap((value) => ((0,src_json/* isObject */.Gv)(value) ? Object.keys(value) : [])));
    for (const name of [...names].sort()) {
        const plain = /^[A-Za-z_][\w-]*$/.test(name);
        yield [plain ? (path === '' ? name : `${path}.${name}`) : `${path}[${JSON.stringify(name)}]`, name];
    }
}
function child(value, key) {
    // `true` holds for everything below.
    if (value === true)
        return true;
    if (typeof key === 'number')
        return (0,src_json/* asList */.DD)(value)?.[key];
    return (0,src_json/* isObject */.Gv)(value) ? value[key] : undefined;
}
function hasTrue(value) {
    if (value === true)
        return true;
    if (Array.isArray(value))
        return value.some(hasTrue);
    return (0,src_json/* isObject */.Gv)(value) && Object.values(value).some(hasTrue);
}

;// CONCATENATED MODULE: ./src/targets/terraform/masking.js
/** Shorter texts are words that every log has. */
const MASKABLE = 4;
/** Replaces known secrets, the longest first, and each line of those that have several. */
function masker(secrets) {
    const known = [...new Set(secrets.flatMap(maskable))].sort((a, b) => b.length - a.length);
    return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
/** What is to be masked of a sensitive text; nothing of one that is too short to be a secret. */
function maskable(secret) {
    return [secret, ...(secret.includes('\n') ? secret.split('\n') : [])]
        .map((text) => text.trim())
        .filter((text) => text.length >= MASKABLE && !/^(?:true|false|null)$/.test(text));
}

;// CONCATENATED MODULE: ./src/targets/terraform/resource-drift.js


/** Attributes of a reason that is one sentence. */
const NAMED = 4;
const LONGEST = 60;
/** `resource_drift` of a plan by address. Moves alone are no drift. */
function driftOf(entries, secrecy) {
    const found = new Map();
    for (const entry of entries) {
        const address = (0,src_json/* asString */.oJ)(entry['address']);
        const actions = (0,src_json/* asList */.DD)((0,src_json.at)(entry, 'change', 'actions')) ?? [];
        if (address === undefined || actions.includes('no-op'))
            continue;
        const fields = changedFields({
            before: withoutEmpty((0,src_json.at)(entry, 'change', 'before')),
            after: withoutEmpty((0,src_json.at)(entry, 'change', 'after')),
            unknown: false,
            beforeSensitive: (0,src_json.at)(entry, 'change', 'before_sensitive'),
            afterSensitive: (0,src_json.at)(entry, 'change', 'after_sensitive')
        }, secrecy);
        found.set(address, { deleted: actions.includes('delete'), fields });
    }
    return found;
}
/** Why a change is needed, as far as what happened outside explains it. Nobody records who it was. */
function driftReason(drift, reading) {
    if (drift?.deleted)
        return `Deleted outside of ${reading.title}.`;
    if (drift && drift.fields.length > 0) {
        const named = drift.fields
            .slice(0, NAMED)
            .map(({ path, before, after }) => `${path} from ${words(before)} to ${words(after)}`);
        const rest = drift.fields.length - named.length;
        return `Changed outside of ${reading.title}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
    }
    return reading.purpose === 'drift'
        ? `Nothing outside changed it: it was not applied in full, or a data source, a provider or a variable gives something else now.`
        : undefined;
}
function words(value) {
    if (value.type === 'absent')
        return 'nothing';
    if (value.type === 'secret')
        return 'a sensitive value';
    const text = JSON.stringify(value.value, (_key, one) => (typeof one === 'bigint' ? String(one) : one));
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
/** Providers turn null into an empty list or map and back as they please: none of it is a difference. */
function withoutEmpty(value) {
    if (!(0,src_json/* isObject */.Gv)(value))
        return value;
    const kept = Object.entries(value)
        .map(([key, one]) => [key, withoutEmpty(one)])
        .filter(([, one]) => one !== undefined && one !== null && !isEmpty(one));
    return Object.fromEntries(kept);
}
function isEmpty(value) {
    return Array.isArray(value) ? value.length === 0 : (0,src_json/* isObject */.Gv)(value) && Object.keys(value).length === 0;
}

;// CONCATENATED MODULE: ./src/targets/terraform/plan-json.js




/**
 * The changes of a plan. The verdict comes from `resource_changes` alone: what a refresh saw is an explanation of them,
 * or noise. Outputs that change by themselves are something to apply, but nobody's drift.
 */
function readPlan(plan, reading) {
    const all = listAt(plan, 'resource_changes').filter((one) => (0,src_json/* asString */.oJ)(one['mode']) !== 'data');
    const secrets = secretsOf(plan, all);
    const secrecy = { key: reading.secretKey, texts: secrets.flatMap(maskable) };
    const drift = driftOf(listAt(plan, 'resource_drift'), secrecy);
    const read = all.map((one) => readChange(one, drift, reading, secrecy));
    const changes = read.flatMap((one) => one ?? []);
    const outputs = outputChanges((0,src_json/* asObject */.eB)((0,src_json.at)(plan, 'output_changes')) ?? {}, secrecy);
    const asDrift = reading.purpose === 'drift';
    return {
        changes: asDrift ? changes : [...changes, ...outputs],
        unchanged: all.length - changes.length,
        notes: [
            ...(asDrift && outputs.length > 0
                ? [`Outputs would change too: ${outputs.map(({ resource }) => resource.name).join(', ')}.`]
                : []),
            ...(asDrift ? harmlessDrift(drift, changes) : []),
            ...failedChecks(plan),
            ...postponed(plan)
        ],
        destroys: all.filter(isDestroyed).map(addressOf),
        declaresSecrets: Object.values(declaredVariables(plan)).some((one) => (0,src_json.at)(one, 'sensitive') === true),
        declared: { configuration: (0,src_json.at)(plan, 'configuration') ?? null, variables: (0,src_json.at)(plan, 'variables') ?? null },
        secretValues: [...all, ...outputEntries(plan)].flatMap(secretsOfChange),
        secrets
    };
}
/** @returns undefined where there is nothing to do */
function readChange(one, drift, reading, secrecy) {
    const address = addressOf(one);
    const action = actionOf(one);
    const notices = noticesOf(one, action, reading.title);
    if (action === undefined && notices.length === 0)
        return undefined;
    const found = drift.get((0,src_json/* asString */.oJ)(one['address']) ?? '');
    const outside = driftReason(found, reading);
    const reason = [...notices, ...(outside === undefined ? [] : [outside])].join(' ');
    const byNobodyKnown = reading.purpose === 'drift' && found !== undefined;
    return {
        action: action ?? 'update',
        resource: resourceOf(one, address),
        fields: action === 'delete' || action === undefined ? [] : changedFields(valuesOf(one), secrecy),
        ...(byNobodyKnown ? { attribution: { known: false, candidates: [] } } : {}),
        ...(reason === '' ? {} : { reason })
    };
}
function actionOf(one) {
    const actions = actionsOf(one);
    const has = (word) => actions.includes(word);
    // A replacement may leave the old object where it is (`create`, `forget`).
    if (has('create'))
        return has('delete') || has('forget') ? 'replace' : 'create';
    if (has('delete'))
        return 'delete';
    return has('update') ? 'update' : undefined;
}
/** What is special about a change, one sentence each. A change of the state alone has nothing else. */
function noticesOf(one, action, title) {
    const notices = [];
    const previous = (0,src_json/* asString */.oJ)(one['previous_address']);
    if (previous !== undefined && previous !== (0,src_json/* asString */.oJ)(one['address']))
        notices.push(`Moved from ${previous}.`);
    const imported = (0,src_json.at)(one, 'change', 'importing');
    if ((0,src_json/* isObject */.Gv)(imported))
        notices.push(`Imported (${(0,src_json/* asString */.oJ)(imported['id']) ?? 'by its identity'}).`);
    if (actionsOf(one).includes('forget'))
        notices.push(action === 'replace'
            ? `The old object is left where it is; ${title} forgets it.`
            : `Forgotten: ${title} no longer manages it, and the object stays.`);
    if ((0,src_json/* asString */.oJ)(one['deposed']) !== undefined)
        notices.push('Left over from a replacement that did not end.');
    const because = BECAUSE[(0,src_json/* asString */.oJ)(one['action_reason']) ?? ''];
    const paths = replacePaths(one);
    if (because !== undefined)
        notices.push(paths === '' ? `${because}.` : `${because} (${paths}).`);
    else if (action === 'replace' && paths !== '')
        notices.push(`Replaced, because it cannot be changed in place (${paths}).`);
    return notices;
}
const BECAUSE = {
    replace_because_tainted: 'Replaced, because it is marked as damaged (tainted)',
    replace_because_cannot_update: 'Replaced, because it cannot be changed in place',
    replace_by_request: 'Replaced on request',
    replace_by_triggers: 'Replaced by its replace_triggered_by',
    delete_because_no_resource_config: 'Its resource block is gone',
    delete_because_wrong_repetition: 'Its count or for_each came or went',
    delete_because_count_index: 'Its index is beyond count',
    delete_because_each_key: 'Its key is no longer in for_each',
    delete_because_no_module: 'Its module is gone',
    delete_because_no_move_target: 'The address it moves to has no configuration'
};
function replacePaths(one) {
    const paths = ((0,src_json/* asList */.DD)((0,src_json.at)(one, 'change', 'replace_paths')) ?? []).map((path) => ((0,src_json/* asList */.DD)(path) ?? [])
        .map((step, index) => (typeof step === 'string' ? `${index > 0 ? '.' : ''}${step}` : `[${String(step)}]`))
        .join(''));
    return paths.join(', ');
}
function resourceOf(one, address) {
    const module = (0,src_json/* asString */.oJ)(one['module_address']);
    const whole = (0,src_json/* asString */.oJ)(one['address']) ?? '';
    const type = (0,src_json/* asString */.oJ)(one['type']) ?? '';
    const local = module === undefined ? whole : whole.slice(module.length + 1);
    return {
        id: address,
        kind: type,
        name: local.startsWith(`${type}.`) ? local.slice(type.length + 1) : local,
        ...(module === undefined ? {} : { namespace: module })
    };
}
function outputChanges(outputs, secrecy) {
    return Object.keys(outputs)
        .sort()
        .flatMap((name) => {
        const [action] = ((0,src_json/* asList */.DD)((0,src_json.at)(outputs[name], 'actions')) ?? []).map(src_json/* asString */.oJ);
        if (action !== 'create' && action !== 'update' && action !== 'delete')
            return [];
        const fields = changedFields(valuesOf({ change: outputs[name] ?? null }), secrecy).map((field) => ({
            ...field,
            path: field.path === '' ? 'value' : field.path.startsWith('[') ? `value${field.path}` : `value.${field.path}`
        }));
        return [{ action, resource: { id: `output.${name}`, kind: 'output', name }, fields }];
    });
}
/** What a refresh saw and no change comes of: providers that fill in defaults, attributes that nobody declared. */
function harmlessDrift(drift, changes) {
    const changed = new Set(changes.map((change) => change.resource.id));
    const others = [...drift].filter(([address, { fields }]) => !changed.has(address) && fields.length > 0);
    if (others.length === 0)
        return [];
    const words = others.map(([address, { fields }]) => `${address} (${fields.map((field) => field.path).join(', ')})`);
    return [`Different from the state, but not from what is declared, so no drift: ${words.join('; ')}.`];
}
function failedChecks(plan) {
    return listAt(plan, 'checks').flatMap((check) => {
        const status = (0,src_json/* asString */.oJ)(check['status']);
        if (status !== 'fail' && status !== 'error')
            return [];
        const name = (0,src_json/* asString */.oJ)((0,src_json.at)(check, 'address', 'to_display')) ?? 'a check';
        const problems = listAt(check, 'instances').flatMap((instance) => listAt(instance, 'problems').flatMap((problem) => (0,src_json/* asString */.oJ)(problem['message']) ?? []));
        const said = problems.length > 0 ? `: ${problems.join(' ')}` : '';
        return [`${name} ${status === 'fail' ? 'fails' : 'could not be evaluated'}${said.replace(/\.?$/, '.')}`];
    });
}
function postponed(plan) {
    const deferred = listAt(plan, 'deferred_changes').length;
    const actions = listAt(plan, 'action_invocations').flatMap((one) => (0,src_json/* asString */.oJ)(one['address']) ?? []);
    return [
        ...(deferred > 0 ? [`${deferred} changes are postponed to the plan after this one: too much is unknown yet.`] : []),
        ...(actions.length > 0 ? [`Actions that it would run: ${actions.join(', ')}.`] : [])
    ];
}
function isDestroyed(one) {
    return actionsOf(one).includes('delete');
}
function secretsOfChange(one) {
    const { after, afterSensitive } = valuesOf(one);
    if (actionOf(one) === undefined)
        return [];
    const values = sensitiveTexts(after, afterSensitive);
    return values.length === 0 ? [] : [[addressOf(one), ...values]];
}
function secretTexts(one) {
    const { before, after, beforeSensitive, afterSensitive } = valuesOf(one);
    return [...sensitiveTexts(before, beforeSensitive), ...sensitiveTexts(after, afterSensitive)];
}
/** Everything that is marked as sensitive anywhere in the plan. */
function secretsOf(plan, resources) {
    const drifted = listAt(plan, 'resource_drift');
    const outputs = outputEntries(plan);
    const declared = declaredVariables(plan);
    const variables = Object.keys(declared).flatMap((name) => sensitiveTexts((0,src_json.at)(plan, 'variables', name, 'value'), (0,src_json.at)(declared[name], 'sensitive')));
    return [...new Set([...[...resources, ...drifted, ...outputs].flatMap(secretTexts), ...variables])];
}
function declaredVariables(plan) {
    return (0,src_json/* asObject */.eB)((0,src_json.at)(plan, 'configuration', 'root_module', 'variables')) ?? {};
}
/** Changes of outputs in the form of those of resources. */
function outputEntries(plan) {
    const outputs = (0,src_json/* asObject */.eB)((0,src_json.at)(plan, 'output_changes')) ?? {};
    return Object.keys(outputs)
        .sort()
        .map((name) => ({ address: `output.${name}`, change: outputs[name] ?? null }));
}
function valuesOf(one) {
    const change = (0,src_json/* asObject */.eB)(one['change']);
    return {
        before: change?.['before'],
        after: change?.['after'],
        unknown: change?.['after_unknown'],
        beforeSensitive: change?.['before_sensitive'],
        afterSensitive: change?.['after_sensitive']
    };
}
function actionsOf(one) {
    return ((0,src_json/* asList */.DD)((0,src_json.at)(one, 'change', 'actions')) ?? []).flatMap((action) => (0,src_json/* asString */.oJ)(action) ?? []);
}
/** With the key of an object that a replacement left behind, of which there may be several at one address. */
function addressOf(one) {
    const address = (0,src_json/* asString */.oJ)(one['address']) ?? '';
    const deposed = (0,src_json/* asString */.oJ)(one['deposed']);
    return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}
function listAt(value, key) {
    return ((0,src_json/* asList */.DD)((0,src_json.at)(value, key)) ?? []).filter(src_json/* isObject */.Gv);
}

;// CONCATENATED MODULE: ./src/targets/terraform/diagnostics.js

/** A line of the output of `plan -json` or `apply -json`; undefined for what is no message of theirs. */
function parseMessage(line) {
    if (!line.startsWith('{'))
        return undefined;
    try {
        const message = (0,src_json/* parseJson */.qF)(line);
        return (0,src_json/* asString */.oJ)((0,src_json.at)(message, '@level')) === undefined ? undefined : message;
    }
    catch {
        return undefined;
    }
}
/** The complaint of a message, if it is one. */
function diagnosticOf(message) {
    const given = (0,src_json.at)(message, 'diagnostic');
    if (!(0,src_json/* isObject */.Gv)(given))
        return undefined;
    const file = (0,src_json/* asString */.oJ)((0,src_json.at)(given, 'range', 'filename'));
    const address = (0,src_json/* asString */.oJ)(given['address']);
    return {
        severity: (0,src_json/* asString */.oJ)(given['severity']) === 'warning' ? 'warning' : 'error',
        summary: (0,src_json/* asString */.oJ)(given['summary']) ?? '',
        detail: (0,src_json/* asString */.oJ)(given['detail']) ?? '',
        ...(address === undefined ? {} : { address }),
        ...(file === undefined
            ? {}
            : {
                range: {
                    file,
                    line: (0,src_json/* asNumber */.i)((0,src_json.at)(given, 'range', 'start', 'line')) ?? 1,
                    column: (0,src_json/* asNumber */.i)((0,src_json.at)(given, 'range', 'start', 'column')) ?? 1
                }
            })
    };
}
/**
 * The complaints in text for people, which is all that `init` gives in every version. Without colour it looks like
 *
 *     Error: Invalid expression
 *
 *       on main.tf line 2, in resource "terraform_data" "a":
 *        2:   input =
 *
 *     Expected the start of an expression, …
 */
function parseDiagnostics(text) {
    const blocks = text
        .replace(/^[╷│╵] ?/gm, '')
        .split(/^(?=(?:Error|Warning): )/m)
        .filter((block) => /^(Error|Warning): /.test(block));
    return blocks.map((block) => {
        // A long summary is broken too; it ends at the first empty line.
        const [head = '', body = ''] = /^([\s\S]*?)(?:\n\s*\n([\s\S]*))?$/.exec(block.trimEnd())?.slice(1) ?? [];
        const rest = body.split('\n');
        const place = rest.findIndex((line) => /^ {2}(?:on|with) /.test(line));
        const [, file, line] = /^ {2}on (.+?) line (\d+)/m.exec(block) ?? [];
        const [, address] = /^ {2}with ([^,]+),/m.exec(block) ?? [];
        return {
            severity: head.startsWith('Warning') ? 'warning' : 'error',
            summary: head.replace(/^\w+: /, '').replace(/\n\s*/g, ' '),
            detail: unwrap(place < 0 ? rest : withoutSource(rest)),
            ...(address === undefined ? {} : { address }),
            ...(file === undefined ? {} : { range: { file, line: Number(line) } })
        };
    });
}
/** Without the lines that show the source. */
function withoutSource(lines) {
    return lines.filter((line) => !/^ {2,}(?:on|with) |^ +\d+: |^ {4}[├│]/.test(line));
}
/** Joins the lines that were broken at the width of a terminal; what is indented was meant to be a line. */
function unwrap(lines) {
    return lines
        .join('\n')
        .trim()
        .split(/\n{2,}/)
        .map((paragraph) => paragraph.replace(/\n(?! )/g, ' ').trim())
        .join('\n\n');
}

;// CONCATENATED MODULE: ./src/targets/terraform/constraint.js

/**
 * Whether a version meets a constraint as Terraform writes them (`1.9.8`, `~> 1.9`, `>= 1.5, < 2.0`) or as its version
 * files do (`latest`, `latest:^1.9`, `min-required`, where any will do that the configuration itself allows).
 * @throws GitOpsError for a constraint that is none
 */
function meets(version, constraint) {
    const actual = parse(version);
    if (!actual)
        return false;
    const text = constraint.trim();
    const latest = /^latest(?::(.+))?$/.exec(text);
    if (latest)
        return latest[1] === undefined || pattern(latest[1], constraint).test(version);
    if (/^(min-required|latest-allowed|latest-stable)$/.test(text))
        return true;
    return text.split(',').every((part) => meetsOne(actual, part.trim(), constraint));
}
function pattern(text, whole) {
    try {
        return new RegExp(text);
    }
    catch (error) {
        throw new src_errors/* GitOpsError */.$(`"${whole}" is no version: ${(0,src_errors/* messageOf */.b)(error)}.`, {
            hint: 'After latest: stands a regular expression, such as latest:^1.9.'
        });
    }
}
function meetsOne(actual, part, whole) {
    const [, operator = '=', wanted = ''] = /^(=|!=|>=?|<=?|~>)?\s*(v?\d+(?:\.\d+){0,2}(?:-[\w.]+)?)$/.exec(part) ?? [];
    const version = parse(wanted);
    if (!version)
        throw new src_errors/* GitOpsError */.$(`"${whole}" is no version of Terraform or OpenTofu.`, {
            hint: 'Write one such as 1.9.8, or a constraint such as ~> 1.9 or >= 1.5, < 2.0.'
        });
    const order = compare(actual, version);
    switch (operator) {
        case '!=':
            return order !== 0;
        case '>':
            return order > 0;
        case '>=':
            return order >= 0;
        case '<':
            return order < 0;
        case '<=':
            return order <= 0;
        case '~>': {
            // The last part that is written may grow, those before it may not.
            const fixed = Math.max(1, wanted.split('.').length - 1);
            return order >= 0 && actual.slice(0, fixed).every((number, index) => number === version[index]);
        }
        default:
            // `1.9` in a version file means any 1.9.
            return actual.slice(0, wanted.split('.').length).every((number, index) => number === version[index]);
    }
}
function parse(text) {
    const [, major, minor = '0', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
    return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
function compare(a, b) {
    for (const [index, number] of a.entries()) {
        const difference = number - (b[index] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}

// EXTERNAL MODULE: ./src/toolchain/releases.js
var releases = __webpack_require__(6820);
;// CONCATENATED MODULE: ./src/targets/terraform/download.js


/**
 * The release to take for what is wanted: that very version, or the one that this suite knows where a constraint (or
 * nothing) is given and it meets that. Undefined where no release is known to meet it: which versions there are is
 * nothing that a plan should look up, since it would be another one tomorrow.
 */
function releaseFor(name, wanted) {
    const releaseOf = name === 'terraform' ? releases/* terraformRelease */.oz : releases/* opentofuRelease */.uD;
    const [, exact] = /^=?\s*v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)$/.exec(wanted?.trim() ?? '') ?? [];
    if (exact !== undefined)
        return releaseOf(exact);
    const known = releaseOf();
    return wanted === undefined || meets(known.version, wanted) ? known : undefined;
}
/**
 * Downloads a release into the runner's tool cache and checks it by SHA-256.
 * @throws GitOpsError when it cannot be had, or is not what was released
 */
async function downloadEngine(release, { log, env }) {
    // Loaded here, since most runners have what they need.
    const { downloadRelease } = await Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(937), __webpack_require__.e(722)]).then(__webpack_require__.bind(__webpack_require__, 9722));
    return downloadRelease(release.commands[0] ?? '', release, { log, env });
}

;// CONCATENATED MODULE: ./src/targets/terraform/engine.js






const KINDS = {
    terraform: {
        title: 'Terraform',
        command: 'terraform',
        versionFile: '.terraform-version',
        // hashicorp/setup-terraform puts a wrapper on the PATH that changes the output, and keeps the program beside it.
        unwrapped: { folder: 'TERRAFORM_CLI_PATH', program: 'terraform-bin' },
        setup: 'hashicorp/setup-terraform with terraform_version'
    },
    opentofu: {
        title: 'OpenTofu',
        command: 'tofu',
        versionFile: '.opentofu-version',
        unwrapped: { folder: 'TOFU_CLI_PATH', program: 'tofu-bin' },
        setup: 'opentofu/setup-opentofu with tofu_version'
    }
};
/** The first versions whose JSON says all that a plan needs (import blocks, checks). */
const OLDEST = '>= 1.5';
/**
 * The engine of a root module: the one that is asked for, or the one that its version file, its files or its lock file
 * speak of, or the one that is there.
 * @throws GitOpsError when it is neither on the PATH in a version that is wanted, nor can be downloaded
 */
async function findEngine(request) {
    return (await beginEngine(request)).checked;
}
/** The same; where any version will do, without waiting for the program to say which one it is. */
async function beginEngine(request) {
    const files = await versionFiles(request);
    const name = request.engine === 'auto' ? await chooseEngine(request, files) : request.engine;
    const kind = KINDS[name];
    const wanted = request.version ?? files[name]?.version;
    const because = request.version === undefined && files[name] !== undefined ? ` (${files[name].file})` : '';
    const there = await programOf(name, request.env);
    if (there !== undefined && wanted === undefined)
        return found(name, there, versionOf(there, request), request);
    const has = there === undefined ? undefined : await versionOf(there, request);
    const fits = has !== undefined && (wanted === undefined || meets(has, wanted));
    const problem = has === undefined
        ? `${kind.title}${wanted === undefined ? '' : ` ${wanted}${because}`} is not on the PATH`
        : `${kind.title} ${wanted} is wanted${because}, but ${there} is ${has}`;
    const file = fits && there !== undefined ? there : await download(name, wanted, problem, request);
    return found(name, file, fits && has !== undefined ? Promise.resolve(has) : versionOf(file, request), request);
}
function found(name, file, asked, request) {
    const { title, setup } = KINDS[name];
    const checked = asked.then((version) => {
        if (!meets(version, OLDEST))
            throw new src_errors/* GitOpsError */.$(`${file} is ${title} ${version}, and 1.5 or newer is needed.`, {
                hint: `Install a newer one in an earlier step (${setup}).`
            });
        request.log.debug(`${title} ${version}: ${file}`);
        return { name, title, file, version };
    });
    // Awaited beside the first command; until then its failure must not count as unhandled.
    checked.catch(() => { });
    return { name, title, file, checked };
}
/** What the PATH does not have. */
async function download(name, wanted, problem, request) {
    const { title, setup } = KINDS[name];
    const release = releaseFor(name, wanted);
    if (!release)
        throw new src_errors/* GitOpsError */.$(`${problem}, and no release of ${title} is known that meets it.`, {
            hint: `Write one version, such as 1.9.8, which is then downloaded; or install one in an earlier step (${setup}).`
        });
    request.log.info(`${problem}: taking ${title} ${release.version}.`);
    try {
        return await downloadEngine(release, request);
    }
    catch (error) {
        if (!(error instanceof src_errors/* GitOpsError */.$))
            throw error;
        throw new src_errors/* GitOpsError */.$(`${problem}, and ${error.message}`, {
            hint: `${error.hint ?? ''} Or install it in an earlier step (${setup}).`.trim(),
            cause: error
        });
    }
}
/**
 * What the nearest version file says of each engine, from the root module up to the top of the checkout: its own, or a
 * line of `.tool-versions` (asdf, mise).
 */
async function versionFiles(request) {
    const found = {};
    for (let folder = request.directory;; folder = external_node_path_.dirname(folder)) {
        const shared = external_node_path_.join(folder, TOOL_VERSIONS);
        const lines = toolVersions((await readText(shared)) ?? '');
        for (const name of ['terraform', 'opentofu']) {
            const file = external_node_path_.join(folder, KINDS[name].versionFile);
            const own = firstWord((await readText(file)) ?? '');
            const [version, from] = own === undefined ? [lines.get(name), shared] : [own, file];
            if (version !== undefined && !found[name])
                found[name] = { version, file: external_node_path_.relative(request.checkout, from) };
        }
        if (folder === request.checkout || folder === external_node_path_.dirname(folder))
            return found;
    }
}
const TOOL_VERSIONS = '.tool-versions';
/** The first line that is neither empty nor a comment. */
function firstWord(text) {
    return text
        .split('\n')
        .map((line) => line.replace(/#.*/, '').trim())
        .find((line) => line !== '');
}
/** `opentofu 1.12.6`; only the first of several versions is taken by default, and `system` is whatever is there. */
function toolVersions(text) {
    const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
    return new Map(lines.flatMap(([tool, version]) => tool && version && /^(?:v?\d|latest)/.test(version)
        ? [[tool === 'tofu' ? 'opentofu' : tool, version]]
        : []));
}
async function chooseEngine(request, files) {
    if (files.opentofu && !files.terraform)
        return 'opentofu';
    if (files.terraform && !files.opentofu)
        return 'terraform';
    if ((await (0,promises_.readdir)(request.directory)).some((file) => /\.tofu(\.json)?$/.test(file)))
        return 'opentofu';
    // The lock file names the registry of the engine that wrote it, and so does the state.
    const lock = (await readText(external_node_path_.join(request.directory, '.terraform.lock.hcl'))) ?? '';
    const there = (name) => programOf(name, request.env);
    if (lock.includes('"registry.opentofu.org/'))
        return 'opentofu';
    if (lock.includes('"registry.terraform.io/') && (await there('terraform')) !== undefined)
        return 'terraform';
    if ((await there('terraform')) !== undefined)
        return 'terraform';
    if ((await there('opentofu')) !== undefined)
        return 'opentofu';
    throw new src_errors/* GitOpsError */.$('Neither terraform nor tofu is on the PATH.', {
        hint: `Install one in an earlier step: ${KINDS.opentofu.setup}, or ${KINDS.terraform.setup}.`
    });
}
async function programOf(name, env) {
    const { command, unwrapped } = KINDS[name];
    const folder = env[unwrapped.folder];
    const places = (env['PATH'] ?? '')
        .split(external_node_path_.delimiter)
        .filter((directory) => external_node_path_.isAbsolute(directory))
        .map((directory) => external_node_path_.join(directory, command));
    if (folder)
        places.unshift(external_node_path_.join(folder, unwrapped.program));
    for (const place of places)
        if (await isProgram(place))
            return place;
    return undefined;
}
async function isProgram(file) {
    try {
        await (0,promises_.access)(file, external_node_fs_.constants.X_OK);
        return (await (0,promises_.stat)(file)).isFile();
    }
    catch {
        return false;
    }
}
const versions = new Map();
/** Asked once for each program in a process: with many root modules, the question would cost as much as a plan. */
async function versionOf(file, request) {
    const { mtimeMs, size } = await (0,promises_.stat)(file);
    const key = `${file} ${mtimeMs} ${size}`;
    const known = versions.get(key);
    if (known)
        return known;
    const asked = askVersion(file, request);
    versions.set(key, asked);
    asked.catch(() => versions.delete(key));
    return asked;
}
async function askVersion(file, request) {
    const { stdout } = await request.exec(file, ['version', '-json'], {
        env: { ...request.env, CHECKPOINT_DISABLE: '1' },
        timeout: 60_000,
        ...(request.signal ? { signal: request.signal } : {})
    });
    // Read as text: a warning about the CLI configuration may stand before the JSON.
    const [, version] = /"terraform_version":\s*"([^"]+)"/.exec(stdout) ?? [];
    if (version !== undefined)
        return version.replace(/-dev$/, '');
    throw new src_errors/* GitOpsError */.$(`${file} does not say its version.`, {
        hint: 'Is it Terraform or OpenTofu, and no wrapper? With hashicorp/setup-terraform, set terraform_wrapper: false.'
    });
}
async function readText(file) {
    return (0,promises_.readFile)(file, 'utf8').catch(() => undefined);
}

;// CONCATENATED MODULE: ./src/targets/terraform/provider-cache.js
/**
 * The cache of providers that the targets of a process share. Terraform's own is made for one user at a time: an `init`
 * may overwrite a provider that another one is just filling in, or that a plan beside it is running. So inits go one
 * after the other, what uses providers waits for those that are queued, and an init that comes while providers are in use
 * is given a folder of its own.
 */
class ProviderCache {
    #inits = 0;
    #users = 0;
    #queue = Promise.resolve();
    /** Runs an `init`, telling it whether it may use the shared folder. */
    init(work) {
        this.#inits += 1;
        const turn = this.#queue.then(() => work(this.#users === 0));
        this.#queue = turn
            .catch(() => { })
            .then(() => {
            this.#inits -= 1;
        });
        return turn;
    }
    /** Runs what uses providers. */
    async use(work) {
        while (this.#inits > 0)
            await this.#queue;
        this.#users += 1;
        try {
            return await work();
        }
        finally {
            this.#users -= 1;
        }
    }
}
/** That of this process. */
const providerCache = new ProviderCache();

;// CONCATENATED MODULE: ./src/targets/terraform/secrets.js




/** Settings of a backend that are credentials. */
const CREDENTIAL = /secret|token|password|credential|access_key|sas|conn_str|encryption_key|private_key/i;
/**
 * What is known to be secret before anything has run: values of variables that the root module declares `sensitive` or
 * `ephemeral`, and credentials among the settings of the backend. A plan tells the rest, but a plan that fails tells
 * nothing, and providers put what they were given into their errors.
 */
async function givenSecrets(options, directory, env) {
    const names = await secretVariables(directory);
    const values = names.flatMap((name) => options.variables.get(name) ?? env[`TF_VAR_${name}`] ?? []);
    const settings = options.backendConfig.flatMap((line) => {
        const [, key = '', value = ''] = /^([\w.-]+)\s*=(.*)$/s.exec(line) ?? [];
        return CREDENTIAL.test(key) ? [value.trim()] : [];
    });
    return [...values.flatMap((value) => [value, ...parts(value)]), ...settings];
}
/** Names of the variables that are declared as secret in the files of a root module. */
async function secretVariables(directory) {
    const files = (await (0,promises_.readdir)(directory)).filter((file) => /\.(?:tf|tofu)(?:\.json)?$/.test(file));
    const found = await Promise.all(files.map(async (file) => {
        const text = await (0,promises_.readFile)(external_node_path_.join(directory, file), 'utf8').catch(() => '');
        return file.endsWith('.json') ? secrets_inJson(text) : secrets_inHcl(text);
    }));
    return [...new Set(found.flat())];
}
function secrets_inHcl(text) {
    const code = text.replace(/"(?:\\.|[^"\\\n])*"|#.*|\/\/.*|\/\*[\s\S]*?\*\//g, (part) => part.startsWith('"') ? part.replace(/[{}]/g, '') : '');
    return [...code.matchAll(/^[ \t]*variable\s+"?([\w-]+)"?\s*\{/gm)].flatMap((match) => {
        const name = match[1] ?? '';
        return /^[ \t{]*(?:sensitive|ephemeral)\s*=\s*true\b/m.test(block(code, match.index + match[0].length - 1))
            ? [name]
            : [];
    });
}
/** From an opening brace to the one that closes it. */
function block(code, start) {
    let depth = 0;
    for (let index = start; index < code.length; index++) {
        if (code[index] === '{')
            depth += 1;
        if (code[index] === '}')
            depth -= 1;
        if (depth === 0)
            return code.slice(start, index);
    }
    return code.slice(start);
}
function secrets_inJson(text) {
    const variables = (0,src_json/* asObject */.eB)((0,src_json.at)(parsed(text), 'variable')) ?? {};
    return Object.keys(variables).filter((name) => (0,src_json.at)(variables[name], 'sensitive') === true || (0,src_json.at)(variables[name], 'ephemeral') === true);
}
/** The texts inside of a value that is written as JSON. */
function parts(value) {
    return /^\s*[[{]/.test(value) ? texts(parsed(value)) : [];
}
function parsed(text) {
    try {
        return (0,src_json/* parseJson */.qF)(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/toolchain/exec.js
var exec = __webpack_require__(9635);
;// CONCATENATED MODULE: ./src/targets/terraform/surroundings.js






/**
 * Prepares what a root module is run with. Values never stand in an argument list, where every process of the machine
 * could read them: variables go through the environment, backend settings through a file.
 * @throws GitOpsError for a file that is not there, a name that is none
 */
async function prepare(options) {
    const base = external_node_path_.join(options.temporary, 'gitops-actions');
    const providers = external_node_path_.join(base, 'providers');
    await (0,promises_.mkdir)(providers, { recursive: true });
    const folder = await (0,promises_.mkdtemp)(external_node_path_.join(base, 'terraform-'));
    removeAtExit(folder);
    const backend = await backendFiles(options, folder);
    return {
        folder,
        env: await environment(options, { folder, providers }),
        initArguments: backend.map((file) => `-backend-config=${file}`),
        planArguments: [
            ...options.varFiles.map((file) => `-var-file=${fileOf(options, file, 'var-files')}`),
            ...(options.parallelism === undefined ? [] : [`-parallelism=${options.parallelism}`])
        ]
    };
}
/** The same with a folder of its own for providers. */
async function ownProviders(surroundings) {
    const folder = external_node_path_.join(surroundings.folder, 'providers');
    await (0,promises_.mkdir)(folder);
    return { ...surroundings, env: { ...surroundings.env, TF_PLUGIN_CACHE_DIR: folder } };
}
async function environment(options, { folder, providers }) {
    const given = inherited(options);
    const variables = {};
    const flags = [];
    for (const [name, value] of options.variables) {
        if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
            throw new src_errors/* GitOpsError */.$(`"${name}" is no name of a variable of Terraform.`, {
                hint: 'Write variables as name=value, one a line.'
            });
        // For init and apply, which need variables only now and then (OpenTofu's early evaluation, ephemeral variables) …
        variables[`TF_VAR_${name}`] = value;
        // … and so that they win over terraform.tfvars, as -var does.
        flags.push(`-var ${shellQuoted(`${name}=${value}`)}`);
    }
    // Without a lock file there is nothing to break, and every root module would download its providers anew.
    const locked = (0,external_node_fs_.existsSync)(external_node_path_.join((0,workspace/* workspacePath */.X)(options.checkout, options.directory), '.terraform.lock.hcl'));
    const planFlags = [given['TF_CLI_ARGS_plan'] ?? '', ...flags].filter((flag) => flag !== '').join(' ');
    refuseTooLong(planFlags, options.variables);
    return {
        ...given,
        ...variables,
        ...(planFlags === '' ? {} : { TF_CLI_ARGS_plan: planFlags }),
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        CHECKPOINT_DISABLE: '1',
        TF_DATA_DIR: external_node_path_.join(folder, 'data'),
        TF_PLUGIN_CACHE_DIR: given['TF_PLUGIN_CACHE_DIR'] || providers,
        ...(locked ? {} : { TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' }),
        ...(options.workspace === undefined ? {} : { TF_WORKSPACE: options.workspace }),
        ...(await cliConfig(given, folder))
    };
}
/** What Linux takes as one variable of the environment, in bytes, with room for its name. */
const surroundings_LONGEST = 131_000;
/** @throws GitOpsError for variables with which no program could be started */
function refuseTooLong(flags, variables) {
    if (Buffer.byteLength(flags) <= surroundings_LONGEST)
        return;
    const [largest = ''] = [...variables].sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
    throw new src_errors/* GitOpsError */.$(`The values of the variables have ${Buffer.byteLength(flags).toLocaleString('en')} bytes, most of them in "${largest}"; ${surroundings_LONGEST.toLocaleString('en')} can be handed over.`, {
        hint: 'Nothing was written. Give large values as a file of variables, or let the configuration read them (file).'
    });
}
/** The environment that is passed on. Inputs of an action hold its credentials: no program is given those unasked. */
function inherited(options) {
    return (0,exec/* withoutInputs */.i)(options.env ?? process.env);
}
/** A preset that names a missing file puts a warning into every output. */
async function cliConfig(given, folder) {
    const preset = given['TF_CLI_CONFIG_FILE'];
    if (!preset || (0,external_node_fs_.existsSync)(preset))
        return {};
    const file = external_node_path_.join(folder, 'cli.tfrc');
    await (0,promises_.writeFile)(file, 'disable_checkpoint = true\n');
    return { TF_CLI_CONFIG_FILE: file };
}
/** Files as they are; the `key=value` lines together as one more file. */
async function backendFiles(options, folder) {
    const files = [];
    const lines = [];
    for (const one of options.backendConfig) {
        const [, key, value = ''] = /^([A-Za-z_][\w.-]*)\s*=(.*)$/s.exec(one) ?? [];
        if (key === undefined)
            files.push(fileOf(options, one, 'backend-config'));
        else
            lines.push(`${key} = ${hclString(value.trim())}\n`);
    }
    if (lines.length === 0)
        return files;
    const file = external_node_path_.join(folder, 'settings.tfbackend');
    await (0,promises_.writeFile)(file, lines.join(''), { mode: 0o600 });
    return [...files, file];
}
function fileOf(options, file, input) {
    const absolute = (0,workspace/* workspacePath */.X)(options.checkout, file);
    if ((0,external_node_fs_.existsSync)(absolute))
        return absolute;
    throw new src_errors/* GitOpsError */.$(`${file} (${input}) does not exist.`, {
        hint: 'Paths are relative to the workspace, not to the root module.'
    });
}
/** A string of HCL: JSON's escapes are its own, and what would start a template is doubled. */
function hclString(text) {
    return JSON.stringify(text).replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
}
/** One word of TF_CLI_ARGS, which is read like a line of a shell. */
function shellQuoted(text) {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
const folders = new Set();
/** Plan files hold secrets: they do not outlive the process. */
function removeAtExit(folder) {
    if (folders.size === 0)
        process.once('exit', () => {
            for (const one of folders)
                (0,external_node_fs_.rmSync)(one, { recursive: true, force: true });
        });
    folders.add(folder);
}

;// CONCATENATED MODULE: ./src/targets/terraform/tool.js











/** How long an interrupted run may take to save its state and give back its lock (milliseconds). */
const PATIENCE = 120_000;
/**
 * Terraform or OpenTofu in one root module and workspace. Each instance has its own TF_DATA_DIR, so several work side by
 * side, on the same root module too.
 */
class Tool {
    engine;
    planFile;
    #options;
    #directory;
    #mask;
    #surroundings;
    constructor(options, directory, { engine, surroundings, secrets }) {
        this.#options = options;
        this.#directory = directory;
        this.#mask = masker(secrets);
        this.engine = engine;
        this.#surroundings = surroundings;
        this.planFile = external_node_path_.join(surroundings.folder, 'plan');
    }
    /**
     * Finds the engine and initialises the root module.
     * @throws GitOpsError with the tool's own reason
     */
    static async open(options, directory) {
        const env = inherited(options);
        const engine = await beginEngine({ ...options, directory, env });
        const secrets = await givenSecrets(options, directory, env);
        for (const secret of secrets.flatMap(maskable))
            options.onSecret?.(secret);
        const tool = new Tool(options, directory, { engine, surroundings: await prepare(options), secrets });
        // A program that is too old is the reason of whatever else fails.
        await Promise.all([
            engine.checked,
            providerCache
                .init((shared) => tool.#init(shared))
                .catch((error) => engine.checked.then(() => Promise.reject(error)))
        ]);
        return tool;
    }
    async #init(shared) {
        const { lockTimeout } = this.#options;
        const workspace = this.#options.workspace ?? this.#surroundings.env['TF_WORKSPACE'];
        if (!shared)
            this.#surroundings = await ownProviders(this.#surroundings);
        const args = ['init', '-input=false', '-no-color', lockFlag(lockTimeout), ...this.#surroundings.initArguments];
        // In a workspace that does not exist, some versions fail in init and others make it.
        const { ok, diagnostics, result } = await this.#run(args, { json: false, env: { TF_WORKSPACE: undefined } });
        if (!ok)
            throw this.failure('init', diagnostics, result.stderr || result.stdout);
        if (workspace && workspace !== 'default')
            await this.#refuseMissing(workspace);
    }
    /** Planning in a workspace that does not exist makes it in most backends, which a preview must not and a typo should not. */
    async #refuseMissing(workspace) {
        const { ok, diagnostics, result } = await this.#run(['workspace', 'list', '-no-color'], {
            json: false,
            env: { TF_WORKSPACE: undefined }
        });
        if (!ok)
            throw this.failure('workspace list', diagnostics, result.stderr);
        const there = result.stdout.split('\n').flatMap((line) => /^[* ] (\S+)$/.exec(line.trimEnd())?.[1] ?? []);
        if (there.includes(workspace))
            return;
        throw new src_errors/* GitOpsError */.$(`The workspace "${workspace}" does not exist. There are: ${there.join(', ')}.`, {
            hint: `If it is new, make it once: ${this.commandLine(`workspace new ${workspace}`)}.`
        });
    }
    /**
     * Plans into `planFile`, which only the owner may read.
     * @returns what `show -json` says of it, the warnings, and whether the state was locked meanwhile
     */
    async plan() {
        let made = await this.#planOnce([lockFlag(this.#options.lockTimeout)]);
        // A preview is often given credentials that only read. Applying takes the lock, and refuses a stale plan.
        const locked = made.ok || !isLockDenied(made.diagnostics);
        if (!locked)
            made = await this.#planOnce(['-lock=false']);
        const { ok, diagnostics, result } = made;
        if (!ok)
            throw this.failure('plan', diagnostics, plainText(result));
        await (0,promises_.chmod)(this.planFile, 0o600);
        const shown = await this.#run(['show', '-no-color', '-json', this.planFile], { json: false });
        if (!shown.ok)
            throw this.failure('show', shown.diagnostics, shown.result.stderr);
        return { plan: (0,src_json/* parseJson */.qF)(shown.result.stdout), warnings: diagnostics, locked };
    }
    #planOnce(lock) {
        const given = this.#surroundings.planArguments;
        const args = ['plan', '-input=false', '-no-color', '-json', ...lock, `-out=${this.planFile}`, ...given];
        return this.#run(args, { json: true });
    }
    /** Applies `planFile`. A failure is answered, not thrown. */
    apply(onMessage) {
        const { lockTimeout, parallelism } = this.#options;
        return this.#run([
            'apply',
            '-input=false',
            '-no-color',
            '-json',
            lockFlag(lockTimeout),
            ...(parallelism === undefined ? [] : [`-parallelism=${parallelism}`]),
            this.planFile
        ], { json: true, onMessage, finish: true });
    }
    /** Outputs as the state has them, with whether each is sensitive. */
    async outputs() {
        const { ok, diagnostics, result } = await this.#run(['output', '-no-color', '-json'], { json: false });
        if (!ok)
            throw this.failure('output', diagnostics, result.stderr);
        return (0,src_json/* parseJson */.qF)(result.stdout);
    }
    /** Stores a state that the backend did not take before. */
    async pushState(file) {
        const args = ['state', 'push', lockFlag(this.#options.lockTimeout), file];
        const { ok, diagnostics } = await this.#run(args, { json: false, finish: true, regardless: true });
        for (const one of diagnostics)
            this.#options.log.debug(wordsOf(this.attempt('state push'), one));
        return ok;
    }
    failure(command, diagnostics, output) {
        return failureOf(this.attempt(command), diagnostics, this.#mask(output));
    }
    /** What a person types to do something in this root module. */
    commandLine(args) {
        return commandLine(this.attempt('init'), args);
    }
    attempt(command) {
        const { checkout, backendConfig } = this.#options;
        return { command, engine: this.engine, directory: this.#directory, checkout, backendConfig };
    }
    async #run(args, options) {
        const { exec, log, signal, timeout } = this.#options;
        if (signal?.aborted && !options.regardless)
            throw cancelled(this.engine, args[0]);
        const diagnostics = [];
        let unfinished;
        const run = () => exec(this.engine.file, args, {
            cwd: this.#directory,
            env: { ...this.#surroundings.env, ...options.env },
            timeout,
            patience: PATIENCE,
            allowFailure: true,
            ...(signal && !options.regardless ? { signal } : {}),
            onLine: (line, stream) => {
                const message = options.json && stream === 'stdout' ? parseMessage(line) : undefined;
                if (message === undefined) {
                    if (args[0] === 'init')
                        log.debug(this.#mask(line));
                    return;
                }
                const diagnostic = diagnosticOf(message);
                if (diagnostic)
                    diagnostics.push(maskedDiagnostic(diagnostic, this.#mask));
                options.onMessage?.(message);
            }
        });
        const result = await (args[0] === 'init' || args[0] === 'workspace' ? run() : providerCache.use(run)).catch((error) => {
            // An apply that did not end has done something all the same, which must be told.
            if (!options.finish || !(error instanceof src_errors/* GitOpsError */.$))
                throw error;
            const text = this.#mask(error.message);
            unfinished = { reason: /[.!]$/.test(text) ? text : `${text}.`, killed: / failed with signal /.test(text) };
            return { code: 1, stdout: '', stderr: '' };
        });
        // What was interrupted while it only read has no result; an apply tells what it had done until then.
        if (signal?.aborted && !options.finish)
            throw cancelled(this.engine, args[0]);
        if (result.code !== 0 && !diagnostics.some((one) => one.severity === 'error'))
            diagnostics.push(...textDiagnostics(result).map((one) => maskedDiagnostic(one, this.#mask)));
        return { ok: result.code === 0, diagnostics, result, ...(unfinished === undefined ? {} : { unfinished }) };
    }
}
function maskedDiagnostic(one, mask) {
    return { ...one, summary: mask(one.summary), detail: mask(one.detail) };
}
function lockFlag(milliseconds) {
    return `-lock-timeout=${Math.ceil(milliseconds / 1000)}s`;
}
/** Errors are on stderr; early versions wrote some to stdout, among the progress. */
function textDiagnostics({ stderr, stdout }) {
    const told = parseDiagnostics(stderr);
    return told.length > 0 ? told : parseDiagnostics(stdout);
}
/** Output of a command with `-json` that is no JSON: a crash, a wrong flag. */
function plainText(result) {
    const lines = result.stdout.split('\n').filter((line) => parseMessage(line) === undefined);
    return `${result.stderr}\n${lines.join('\n')}`.trim();
}
function cancelled(engine, command) {
    return new src_errors/* GitOpsError */.$(`The run was cancelled at ${engine.title} ${command ?? ''}. Nothing was written.`);
}

;// CONCATENATED MODULE: ./src/targets/terraform/target.js


















const UNLOCKED = 'The state was not locked while this was planned, because the credentials may only read it. Applying needs the lock.';
/**
 * A root module of Terraform or OpenTofu in one workspace. A plan is a saved plan file, read as JSON; applying executes
 * exactly that file. Nothing of ours is written into the state.
 * @throws GitOpsError when the directory is not there
 */
function terraformTarget(options) {
    const directory = rootModule(options);
    const saved = new WeakMap();
    const now = options.now ?? (() => new Date());
    let opened;
    let record;
    const tool = () => {
        opened ??= Tool.open(options, directory);
        opened.catch(() => {
            opened = undefined;
        });
        return opened;
    };
    async function plan(purpose) {
        const root = await tool();
        const { plan: json, warnings, locked } = await root.plan();
        const read = readPlan(json, { purpose, secretKey: options.secretKey, title: root.engine.title });
        for (const secret of read.secrets.flatMap(maskable))
            options.onSecret?.(secret);
        const notes = [...(locked ? [] : [UNLOCKED]), ...warningsOf(warnings, root)];
        const made = planOf(options, purpose, read, notes);
        const fileDigest = sha256(await (0,promises_.readFile)(root.planFile));
        saved.set(made, { fileDigest, destroys: read.destroys, secrets: read.secrets });
        return made;
    }
    async function apply(planned) {
        const started = now();
        const root = await tool();
        const known = saved.get(planned);
        if (!known)
            throw new Error(`the plan of ${options.id} was made by another target`);
        refuseDestroying(options, known);
        const seconds = () => Math.max(0, now().getTime() - started.getTime()) / 1000;
        const remember = (status) => {
            record = recordOf(options, planned, status, now());
        };
        if (planned.changes.length === 0) {
            remember('succeeded');
            return { target: options.id, status: 'succeeded', results: [], seconds: seconds() };
        }
        // Every plan of this target is written to the same place: the later one has taken the earlier one's.
        if (sha256(await (0,promises_.readFile)(root.planFile)) !== known.fileDigest)
            throw new src_errors/* GitOpsError */.$('The plan file is no longer the one that was shown.', {
                hint: 'Nothing was written. Run again.'
            });
        const mask = masker(known.secrets);
        const progress = new ApplyProgress(options.log, mask);
        const { done, kept } = await amongOthers(directory, async (own) => stored(options, root, await root.apply((message) => progress.add(message)), own));
        remember(done.ok ? 'succeeded' : 'failed');
        const results = progress.results(planned.changes, done.ok, done.diagnostics);
        const base = { target: options.id, results, seconds: seconds() };
        if (done.ok)
            return { ...base, status: 'succeeded' };
        const status = options.signal?.aborted ? 'cancelled' : 'failed';
        const resources = progress.unhealthy(planned.changes, done.diagnostics);
        const touched = results.some((result) => result.action !== 'skipped');
        return { ...base, status, failure: { ...failureOfApply(root, done, { status, touched, kept, mask }), resources } };
    }
    async function outputs() {
        const given = (0,src_json/* asObject */.eB)(await (await tool()).outputs()) ?? {};
        const texts = {};
        for (const [name, output] of Object.entries(given)) {
            const value = (0,src_json.at)(output, 'value') ?? null;
            const text = (0,src_json/* asString */.oJ)(value) ?? (0,src_json/* stringifyJson */.sd)(value);
            if ((0,src_json.at)(output, 'sensitive') === true)
                for (const secret of [text, ...sensitiveTexts(value, true)].flatMap(maskable))
                    options.onSecret?.(secret);
            texts[name] = text;
        }
        return texts;
    }
    return {
        id: options.id,
        kind: 'terraform',
        plan,
        apply,
        outputs,
        declaredOutputs: () => declaredOutputs(directory),
        deployed: async () => record
    };
}
function rootModule(options) {
    const directory = (0,workspace/* workspacePath */.X)(options.checkout, options.directory);
    const found = (0,external_node_fs_.statSync)(directory, { throwIfNoEntry: false });
    if (found?.isDirectory())
        return directory;
    throw new src_errors/* GitOpsError */.$(`${options.directory} ${found ? 'is no directory' : 'does not exist'}.`, {
        hint: 'It is the root module, relative to the workspace. Was the repository checked out?'
    });
}
function planOf(options, purpose, read, warnings) {
    const declared = { target: options.id, kind: 'terraform' };
    const declaredDigest = digestOf({ declared: read.declared, workspace: options.workspace ?? null }, { secret: read.declaresSecrets });
    const other = purpose === 'drift' && options.recordedDigest !== undefined && options.recordedDigest !== declaredDigest;
    const forbidden = read.destroys.length > 0 && !options.allowDestroy;
    const notes = [...read.notes, ...warnings].map(masker(read.secrets));
    if (other && read.changes.length > 0)
        notes.push('Not healed by itself: with the same commit, the variables or the configuration differ from those that were deployed, so some of this may be a change that is yet to be deployed.');
    if (forbidden)
        notes.push(`${listed(read.destroys)} would be destroyed, so nothing of this plan is applied without allow-destroy: true.`);
    // A plan file is applied as a whole, so one change that must not be healed keeps all of them from it.
    const changes = other || forbidden ? read.changes.map((one) => ({ ...one, healable: false })) : read.changes;
    const secrets = Array.isArray(read.secretValues) && read.secretValues.length > 0;
    return {
        ...declared,
        purpose,
        changes,
        unchanged: read.unchanged,
        notes,
        declaredDigest,
        digest: (0,plan/* planDigest */.G)({
            ...declared,
            changes,
            // Sensitive values may come from elsewhere than what is declared (a data source, a file).
            declaredDigest: secrets ? digestOf([declaredDigest, read.secretValues], { secret: true }) : declaredDigest
        })
    };
}
/** @throws GitOpsError when the plan destroys something and may not */
function refuseDestroying(options, { destroys }) {
    if (destroys.length === 0 || options.allowDestroy)
        return;
    throw new src_errors/* GitOpsError */.$(`The plan destroys ${destroys.length === 1 ? 'a resource' : `${destroys.length} resources`}: ${listed(destroys)}.`, {
        hint: 'Nothing was written. If that is what you want, allow it with allow-destroy: true (in gitops.yaml: allowDestroy); if not, a moved block keeps what was only renamed.'
    });
}
function failureOfApply(root, { diagnostics, result, unfinished }, ended) {
    const { status, touched, kept, mask } = ended;
    if (kept !== undefined) {
        const { message } = root.failure('apply', diagnostics.toSorted(byUnstored), result.stderr);
        return { message: mask(message), hint: unstoredHint(root, kept) };
    }
    const again = touched
        ? 'What was done is in the state; run again, and it goes on from there.'
        : 'Nothing was changed; run again.';
    if (status === 'cancelled')
        return {
            message: `The run was cancelled. ${root.engine.title} stopped in order, saved its state and gave back its lock.`,
            hint: again
        };
    if (unfinished?.killed)
        return {
            message: mask(`${unfinished.reason} ${root.engine.title} was killed or broke down, so its last steps may be missing in the state.`),
            hint: 'Run again: if it left its lock, the error names it and how to remove it. Then look at the plan: what it wants to make although it is there must be imported or deleted first.'
        };
    if (unfinished)
        return {
            message: `${unfinished.reason} ${root.engine.title} was asked to stop.`,
            hint: `${again} If it says that the state is locked, the error names the lock and how to remove it. A longer timeout may be needed.`
        };
    const error = root.failure('apply', diagnostics, result.stderr);
    const others = error.details.length > 0 ? ` And: ${error.details.join(' ')}` : '';
    const hints = [error.hint, ...(error.hint !== undefined && (!touched || diagnostics.some(isUnstored)) ? [] : [again])];
    return { message: mask(`${error.message}${others}`), hint: hints.filter((hint) => hint !== undefined).join(' ') };
}
function byUnstored(a, b) {
    return Number(isUnstored(b)) - Number(isUnstored(a));
}
function unstoredHint(root, { file, ambiguous }) {
    const whose = ambiguous
        ? ' Another workspace of this root module was applied at the same time and may have left its state there instead: look into it before you store it.'
        : '';
    return `What was made is recorded in ${file} alone, so do not run again before that state is stored: ${root.commandLine(`state push ${file}`)}. Where the runner is thrown away after the job, keep the file with a last step (actions/upload-artifact, if: failure()), in a place for secrets, because it holds some.${whose}`;
}
/** A state that the backend did not take is stored now, or kept where a person finds it. */
async function stored(options, root, done, { alone }) {
    if (done.ok || !done.diagnostics.some(isUnstored))
        return { done, kept: undefined };
    const name = `${options.id}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}.tfstate`;
    const rescue = await rescueState({
        directory: rootModule(options),
        file: external_node_path_.join(options.temporary, 'gitops-actions', 'unstored-states', name),
        alone,
        push: (file) => root.pushState(file),
        sleep: options.sleep ?? ((milliseconds) => (0,external_node_timers_promises_.setTimeout)(milliseconds)),
        log: options.log
    });
    if (!rescue?.stored)
        return { done, kept: rescue };
    const diagnostics = done.diagnostics.filter((one) => !isUnstored(one));
    const ok = done.unfinished === undefined && !diagnostics.some((one) => one.severity === 'error');
    return { done: { ...done, diagnostics, ok }, kept: undefined };
}
/** Warnings are for the reader of the plan. Failed checks are told from the plan itself. */
function warningsOf(diagnostics, root) {
    const warnings = diagnostics.filter((one) => one.severity === 'warning' && !/^Check block assertion/.test(one.summary));
    return [...new Set(warnings.map((one) => wordsOf(root.attempt('plan'), one)))];
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
function listed(addresses) {
    const shown = addresses.slice(0, 10).join(', ');
    return addresses.length > 10 ? `${shown} and ${addresses.length - 10} more` : shown;
}

;// CONCATENATED MODULE: ./src/targets/terraform/index.js




/***/ }),

/***/ 6820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FJ: () => (/* binding */ kopsRelease),
/* harmony export */   oz: () => (/* binding */ terraformRelease),
/* harmony export */   pH: () => (/* binding */ RELEASES),
/* harmony export */   uD: () => (/* binding */ opentofuRelease)
/* harmony export */ });
const HELM = 'https://get.helm.sh';
const KUSTOMIZE = 'https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv5.8.1';
const BUILDX = 'https://github.com/docker/buildx/releases/download/v0.36.1';
/**
 * kops has to fit the cluster: any version of it may be asked for, so that none is pinned. It is checked against the file
 * beside the release, and never downloaded unless its version was asked for.
 */
function kopsRelease(version) {
    const base = `https://github.com/kubernetes/kops/releases/download/v${version}`;
    return {
        version,
        // instance groups by role, the order of `kops reconcile`
        oldest: '1.31.0',
        commands: ['kops'],
        versionArguments: ['version', '--short'],
        url: (platform) => `${base}/kops-${platform}`,
        checksumUrl: (platform) => `${base}/kops-${platform}.sha256`,
        sha256: {}
    };
}
/** Digests of the versions that are taken when none is asked for, as their SHA256SUMS say. */
const TERRAFORM = {
    version: '1.15.8',
    sha256: {
        'linux-amd64': 'd25ce7b6902013ad905db3d2eab0be4cd905887fe88b81a6171b8d5503c31f3d',
        'linux-arm64': '8891e9dcedc9e3b8950bc6af9d4d8af1f4cfade3062f53b9dc403a89f6ce8c9c',
        'darwin-amd64': 'e2e812e783771159bf758fd4e55d6dc9bb08f63e2af2c63d212721807a02c5dc',
        'darwin-arm64': 'f210110c5698b94d803a7a63cdb0251b5455c150841478808e2bbb343f95ed68'
    }
};
const OPENTOFU = {
    version: '1.12.6',
    sha256: {
        'linux-amd64': '5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8',
        'linux-arm64': 'e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d'
    }
};
/** A release of Terraform. Another version than the pinned one is checked against the SHA256SUMS of its release. */
function terraformRelease(version = TERRAFORM.version) {
    const base = `https://releases.hashicorp.com/terraform/${version}/terraform_${version}`;
    return {
        version,
        // checks and import blocks in the JSON of a plan
        oldest: '1.5.0',
        commands: ['terraform'],
        versionArguments: ['version', '-json'],
        url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
        checksumUrl: () => `${base}_SHA256SUMS`,
        member: () => 'terraform',
        sha256: version === TERRAFORM.version ? TERRAFORM.sha256 : {}
    };
}
/** A release of OpenTofu. Another version than the pinned one is checked against the SHA256SUMS of its release. */
function opentofuRelease(version = OPENTOFU.version) {
    const base = `https://github.com/opentofu/opentofu/releases/download/v${version}/tofu_${version}`;
    return {
        version,
        oldest: '1.6.0',
        commands: ['tofu'],
        versionArguments: ['version', '-json'],
        url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
        checksumUrl: () => `${base}_SHA256SUMS`,
        member: () => 'tofu',
        sha256: version === OPENTOFU.version ? OPENTOFU.sha256 : {}
    };
}
const RELEASES = {
    helm: {
        version: '4.2.3',
        // --plain-http and --set-file of `helm template`, chart digests
        oldest: '3.13.0',
        commands: ['helm'],
        versionArguments: ['version', '--template', '{{.Version}}'],
        url: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz`,
        checksumUrl: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz.sha256sum`,
        member: (platform) => `${platform}/helm`,
        sha256: {
            'linux-amd64': 'e9b88b4ee95b18c706839c28d3a0220e5bc470e9cd9262410c90793c45ff8b7c',
            'linux-arm64': '21abd9354d39b2cd79a8d76be6912cd137a983cbf997193503fb8a6a6e2f2785',
            'darwin-amd64': 'ff3ac86755a45f3422473bc1200776aac0fe04c5766abe6ca66699f7b564b23b',
            'darwin-arm64': '048ecf5ad3160f83d918f9fe945238d2132b079640f7b106175331c25f242c64'
        }
    },
    kubectl: {
        version: '1.36.3',
        // its kustomize is 5.0
        oldest: '1.27.0',
        commands: ['kubectl'],
        versionArguments: ['version', '--client', '--output=json'],
        url: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl`,
        checksumUrl: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl.sha256`,
        sha256: {
            'linux-amd64': 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
            'linux-arm64': '3d86f24401c41ae5a46ac50eef8865fe891d3647d324a0836f6c63757a126e62'
        }
    },
    kustomize: {
        version: '5.8.1',
        oldest: '5.0.0',
        commands: ['kustomize'],
        versionArguments: ['version'],
        url: (platform) => `${KUSTOMIZE}/kustomize_v5.8.1_${platform.replace('-', '_')}.tar.gz`,
        checksumUrl: () => `${KUSTOMIZE}/checksums.txt`,
        member: () => 'kustomize',
        sha256: {
            'linux-amd64': '029a7f0f4e1932c52a0476cf02a0fd855c0bb85694b82c338fc648dcb53a819d',
            'linux-arm64': '0953ea3e476f66d6ddfcd911d750f5167b9365aa9491b2326398e289fef2c142'
        }
    },
    buildx: {
        version: '0.36.1',
        // the metadata file holds the digest of the pushed image, provenance of the modes min and max
        oldest: '0.13.0',
        commands: ['buildx', 'docker-buildx'],
        versionArguments: ['version'],
        url: (platform) => `${BUILDX}/buildx-v0.36.1.${platform}`,
        checksumUrl: () => `${BUILDX}/checksums.txt`,
        sha256: {
            'linux-amd64': '48af8a397ebd60178778bf63611dbcebe5f5e7a9be90eb9147b24b9587455778',
            'linux-arm64': '5d0cafd9d16afe1a0f0d9529885344ace2cc99efdd531b6c783c5455a6001569'
        }
    }
};


/***/ })

};
