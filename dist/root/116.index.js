export const id = 116;
export const ids = [116];
export const modules = {

/***/ 5116:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  buildImage: () => (/* reexport */ buildImage),
  contentKey: () => (/* binding */ image_contentKey),
  resolveImage: () => (/* binding */ resolveImage),
  tagOf: () => (/* reexport */ tagOf)
});

// UNUSED EXPORTS: Registry, builtSummary, failedSummary, parseReference, parseRepository

// EXTERNAL MODULE: ./src/toolchain/exec.js
var toolchain_exec = __webpack_require__(9635);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
;// CONCATENATED MODULE: ./src/image/content/content.js
/** What BuildKit tries, in its order: the name that was asked for, `dockerfile` where that is `Dockerfile`. */
function dockerfileNames(location) {
    const asked = location.file ?? join(location.context, 'Dockerfile');
    return /(^|\/)Dockerfile$/.test(asked) ? [asked, asked.replace(/Dockerfile$/, 'dockerfile')] : [asked];
}
/** The ignore files that BuildKit tries, in its order: one beside the Dockerfile and named after it, that of the context. */
function ignoreFileNames(dockerfile, location) {
    return [`${dockerfile}.dockerignore`, join(location.context, '.dockerignore')];
}
/** Joins a directory, which may be `.`, and a name. */
function join(directory, name) {
    const base = directory.replace(/\/+$/, '');
    return base === '.' || base === '' ? name : `${base}/${name}`;
}

;// CONCATENATED MODULE: ./src/image/content/dockerignore.js
/** Rules of a context without an ignore file. */
const NO_RULES = { excludes: () => false, prunes: () => false };
/**
 * Reads a `.dockerignore` as BuildKit does (moby/patternmatcher v0.6.1 `ignorefile.ReadAll` and `patternmatcher.New`,
 * applied as in tonistiigi/fsutil `filter.go`): patterns are anchored at the context, the last match decides, a
 * pattern that matches a directory holds for everything below it, `!` takes back.
 */
function parseIgnore(text) {
    const patterns = [];
    for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
        const pattern = readLine(line);
        if (pattern === 'unsupported')
            return { ...NO_RULES, unsupported: line.trim() };
        if (pattern)
            patterns.push(pattern);
    }
    return patterns.length === 0 ? NO_RULES : new Matcher(patterns);
}
/** One line: first as `ignorefile.ReadAll` writes it down, then as `patternmatcher.New` reads that. */
function readLine(line) {
    if (line.startsWith('#'))
        return undefined;
    const trimmed = trimSpace(line);
    if (trimmed === '')
        return undefined;
    const inverted = trimmed.startsWith('!');
    let path = inverted ? trimSpace(trimmed.slice(1)) : trimmed;
    if (path !== '')
        path = clean(path);
    if (path.length > 1 && path.startsWith('/'))
        path = path.slice(1);
    const written = trimSpace(inverted ? `!${path}` : path);
    if (written === '')
        return undefined;
    const cleaned = clean(written);
    const negated = cleaned.startsWith('!'); // that of "/!x" as well
    const text = negated ? cleaned.slice(1) : cleaned;
    if (text === '' || !isWellFormed(text))
        return 'unsupported';
    const matches = compile(text);
    return matches === undefined ? 'unsupported' : { negated, matches };
}
/** `patternmatcher.MatchesUsingParentResults`, with the results of directories kept. */
class Matcher {
    #patterns;
    #hasExceptions;
    #directories = new Map();
    constructor(patterns) {
        this.#patterns = patterns;
        this.#hasExceptions = patterns.some((pattern) => pattern.negated);
    }
    excludes(path) {
        return this.#evaluate(path).excluded;
    }
    prunes(directory) {
        return !this.#hasExceptions && this.excludes(directory);
    }
    #evaluate(path) {
        const parent = this.#parentResults(path);
        const results = [];
        let excluded = false;
        for (const [index, pattern] of this.#patterns.entries()) {
            let match = parent?.[index] ?? false;
            // A pattern that could not change the answer is not asked, and then counts as no match for what lies below.
            if (!match && pattern.negated === excluded)
                match = pattern.matches(path);
            results.push(match);
            if (match)
                excluded = !pattern.negated;
        }
        return { excluded, results };
    }
    #parentResults(path) {
        const slash = path.lastIndexOf('/');
        if (slash < 0)
            return undefined;
        const directory = path.slice(0, slash);
        let results = this.#directories.get(directory);
        if (!results) {
            results = this.#evaluate(directory).results;
            this.#directories.set(directory, results);
        }
        return results;
    }
}
/** Go's `strings.TrimSpace`, for the characters that occur. */
function trimSpace(text) {
    return text.replace(/^(?:[^\S\uFEFF]|\u0085)+|(?:[^\S\uFEFF]|\u0085)+$/g, '');
}
/** Go's `filepath.Clean` on Unix. */
function clean(text) {
    const rooted = text.startsWith('/');
    const parts = [];
    for (const part of text.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.length > 0 && parts.at(-1) !== '..')
            parts.pop();
        else if (!rooted)
            parts.push('..');
    }
    return (rooted ? '/' : '') + parts.join('/') || (rooted ? '/' : '.');
}
/** Whether Go's `filepath.Match` accepts the pattern: `patternmatcher.New` asks it for every one. */
function isWellFormed(pattern) {
    const chars = [...pattern];
    let i = 0;
    /** One character inside brackets (`getEsc`): true when it is allowed and something follows. */
    const classCharacter = () => {
        if (i >= chars.length || chars[i] === '-' || chars[i] === ']')
            return false;
        if (chars[i] === '\\' && ++i >= chars.length)
            return false;
        return ++i < chars.length;
    };
    while (i < chars.length) {
        if (chars[i] === '\\') {
            if (++i >= chars.length)
                return false;
            i++;
        }
        else if (chars[i] === '[') {
            i++;
            if (chars[i] === '^')
                i++;
            for (let ranges = 0; !(ranges > 0 && chars[i] === ']'); ranges++) {
                if (!classCharacter())
                    return false;
                if (chars[i] === '-') {
                    i++;
                    if (!classCharacter())
                        return false;
                }
            }
            i++;
        }
        else
            i++;
    }
    return true;
}
/**
 * The pattern as a predicate, `Pattern.compile` of patternmatcher: literal text, a prefix (two stars at the end), a
 * suffix (two stars at the start) or a regular expression. Undefined for the few that are read differently there.
 */
function compile(pattern) {
    const chars = [...pattern];
    let kind = 'exact';
    let source = '';
    // Outside brackets, ^ and | and {2} reach the regular expression that BuildKit makes without being quoted.
    let raw = false;
    for (let i = 0, token = 0; i < chars.length; token++) {
        const char = chars[i++] ?? '';
        if (char === '*' && chars[i] === '*') {
            i++;
            if (chars[i] === '/')
                i++;
            if (i < chars.length) {
                source += '([^\\n]*/)?';
                kind = 'regexp';
            }
            else if (kind === 'exact')
                kind = 'prefix';
            else {
                source += '[^\\n]*';
                kind = 'regexp';
            }
            if (token === 0)
                kind = 'suffix';
        }
        else if (char === '*' || char === '?') {
            source += char === '*' ? '[^/]*' : '[^/]';
            kind = 'regexp';
        }
        else if (char === '\\') {
            const quoted = chars[i++] ?? '';
            if (/[\p{L}\p{N}]/u.test(quoted))
                return undefined; // `\d` is a class of Go's regular expressions
            source += literal(quoted);
            kind = 'regexp';
        }
        else if (char === '[') {
            const end = classEnd(chars, i);
            const body = chars.slice(i, end).join('');
            // Wildcards inside brackets, POSIX classes and quoted letters become other regular expressions there.
            if (/[[*?]|\\[\p{L}\p{N}]/u.test(body))
                return undefined;
            source += `[${classBody(body)}]`;
            kind = 'regexp';
            i = end + 1;
        }
        else {
            source += literal(char);
            if (char === ']')
                kind = 'regexp';
            raw ||= char === '^' || char === '|' || (char === '{' && /\d/.test(chars[i] ?? ''));
        }
    }
    if (kind === 'regexp' && raw)
        return undefined;
    return predicate(kind, pattern, source);
}
function predicate(kind, pattern, source) {
    if (kind === 'exact')
        return (path) => path === pattern;
    if (kind === 'prefix')
        return (path) => path.startsWith(pattern.slice(0, -2));
    if (kind === 'suffix') {
        const suffix = pattern.slice(2);
        return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    try {
        const expression = new RegExp(`^${source}$`, 'u');
        return (path) => expression.test(path);
    }
    catch {
        return undefined;
    }
}
/** The index of the `]` that ends a character class whose body starts at `start`; the pattern is well-formed. */
function classEnd(chars, start) {
    let i = chars[start] === '^' ? start + 1 : start;
    for (let first = true; first || chars[i] !== ']'; first = false)
        i += chars[i] === '\\' ? 2 : 1;
    return i;
}
/** The body of a class for JavaScript: what is quoted stays quoted where that is allowed. */
function classBody(body) {
    return body.replace(/\\(.)/gu, (_all, quoted) => (/[\\\]^-]/.test(quoted) ? `\\${quoted}` : quoted));
}
function literal(char) {
    return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

// EXTERNAL MODULE: ./src/toolchain/git.js
var git = __webpack_require__(9592);
;// CONCATENATED MODULE: ./src/image/content/git.js


/** Beyond what `toolchain/git.ts` sets: nothing is written, not even a refreshed index. */
const READ_ONLY = { GIT_OPTIONAL_LOCKS: '0' };
function gitIn(exec, directory) {
    const call = async (args, input) => {
        const withInput = (file, fileArgs, options) => exec(file, fileArgs, {
            ...options,
            env: { ...options?.env, ...READ_ONLY },
            ...(input === undefined ? {} : { input })
        });
        const result = await (0,git/* git */.$Y)(withInput, directory, args);
        if (result.code === 0)
            return result.stdout;
        throw new errors/* GitOpsError */.$(`git ${args[0] ?? ''} failed in ${directory}: ${result.stderr.trim().split('\n').at(-1) ?? ''}`);
    };
    return {
        exec,
        directory,
        run: (...args) => call(args),
        list: async (...args) => (await call(args)).split('\0').filter((item) => item !== ''),
        feed: (input, ...args) => call(args, input)
    };
}
/**
 * The Git work tree that a directory lies in; undefined when it lies in none, or git is not installed (a job in a
 * container without git has no clone either: checkout then downloads an archive).
 */
async function openCheckout(exec, directory) {
    const repository = gitIn(exec, directory);
    let answer;
    try {
        answer = await repository.run('rev-parse', '--is-inside-work-tree', '--show-object-format', '--show-toplevel', '--show-prefix', '--revs-only', // before the first commit there is no HEAD, which is no error then
        'HEAD');
    }
    catch (error) {
        if (/not a git repository|no such program|must be run in a work tree/i.test((0,errors/* messageOf */.b)(error)))
            return undefined;
        throw error;
    }
    const [inside, format, topLevel, prefix, head] = answer.split('\n');
    if (inside !== 'true' || topLevel === undefined)
        return undefined;
    return {
        git: repository,
        topLevel,
        prefix: prefix ?? '',
        format: format === 'sha256' ? 'sha256' : 'sha1',
        head: head || undefined
    };
}
/** Committer time of a commit, in seconds since 1970. */
async function commitTime(repository, commit) {
    return Number(await repository.run('show', '--no-patch', '--no-show-signature', '--format=%ct', commit));
}

;// CONCATENATED MODULE: ./src/image/content/tree.js
/**
 * Collects what a build context consists of, as the builder will see it: files that the ignore rules leave, and
 * directories, because a directory whose files are all ignored arrives empty.
 */
class Tree {
    #rules;
    #entries = new Map();
    #directories = new Set();
    constructor(rules) {
        this.#rules = rules;
    }
    /** Takes a file in, unless it is ignored. A later entry with the same path replaces an earlier one. */
    add(entry) {
        this.see(entry.path);
        // Of a submodule only the commit is known: it counts as soon as any of its files could be sent.
        const ignored = entry.mode === '160000' ? this.#rules.prunes(entry.path) : this.#rules.excludes(entry.path);
        if (!ignored)
            this.#entries.set(entry.path, entry);
    }
    /** A file exists here: its directories do, too. */
    see(path) {
        for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            const directory = path.slice(0, slash);
            if (this.#directories.has(directory))
                return;
            this.#directories.add(directory);
        }
    }
    /** Everything that is sent, sorted by path: equal content gives equal lists. */
    entries() {
        const directories = [...this.#directories]
            .filter((path) => !this.#entries.has(path) && !this.#rules.excludes(path))
            .map((path) => ({ path, mode: '040000', id: '' }));
        return [...this.#entries.values(), ...directories].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    }
}
/** The `.git` folder of a clone is sent to the builder, but says nothing about the content: it is never in the key. */
function isGitFolder(path) {
    return path === '.git' || path.startsWith('.git/') || path.endsWith('/.git') || path.includes('/.git/');
}

;// CONCATENATED MODULE: ./src/image/content/commit.js







/**
 * What a build at `revision` would be sent, read from Git's objects alone: no checkout, no work tree.
 * @throws GitOpsError when the commit is not in the clone, or has no such context or Dockerfile
 */
async function readCommit(exec, location, revision) {
    const workspace = (0,external_node_fs_.realpathSync)(location.workspace);
    const checkout = await openCheckout(exec, repositoryFolder(workspace, location.context));
    if (!checkout)
        throw new errors/* GitOpsError */.$(`${workspace} is no Git repository, so it has no revision ${revision}.`, {
            hint: 'Check the repository out with actions/checkout before this step.'
        });
    return readCommitOf(checkout, location, await resolveCommit(checkout, revision));
}
/** As `readCommit`, for a commit that is known to be in an opened clone. */
async function readCommitOf(checkout, location, commit) {
    const names = dockerfileNames(location);
    const ignoreNames = names.flatMap((name) => ignoreFileNames(name, location));
    const found = await findAll(checkout, location, commit, [location.context, ...names, ...ignoreNames]);
    const short = commit.slice(0, 12);
    const context = found.get(location.context);
    if (context?.type !== 'tree')
        throw new errors/* GitOpsError */.$(`The build context "${location.context}" ${context ? 'is no directory' : 'does not exist'} at commit ${short}.`, { hint: 'Give the path of a directory, relative to the workspace.' });
    const path = names.find((name) => found.get(name)?.type === 'blob');
    if (path === undefined)
        throw new errors/* GitOpsError */.$(`The Dockerfile "${names[0]}" does not exist at commit ${short}.`, {
            hint: 'Name it with the input "file", relative to the workspace.'
        });
    const id = found.get(path)?.id ?? '';
    const ignoreFile = ignoreFileNames(path, location).find((name) => found.get(name)?.type === 'blob');
    const text = (name) => checkout.git.run('cat-file', 'blob', found.get(name)?.id ?? '');
    const [dockerfileText, ignoreText, listing] = await Promise.all([
        text(path),
        ignoreFile === undefined ? undefined : text(ignoreFile),
        checkout.git.list('ls-tree', '-r', '-z', '--full-tree', context.id)
    ]);
    const { rules, remarks } = readRules(ignoreFile, ignoreText);
    const tree = new Tree(rules);
    for (const line of listing) {
        const [, mode = '', object = '', name = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
        if (!isGitFolder(name))
            tree.add({ path: name, mode, id: object });
    }
    const dockerfile = { path, id, text: dockerfileText };
    return { source: 'commit', commit, entries: tree.entries(), dockerfile, ignoreFile, remarks };
}
/** The rules of an ignore file, and a remark when they cannot be applied. */
function readRules(path = '', text) {
    if (text === undefined)
        return { rules: NO_RULES, remarks: [] };
    const rules = parseIgnore(text);
    const { unsupported } = rules;
    if (unsupported === undefined)
        return { rules, remarks: [] };
    const remark = `${path}: the pattern "${unsupported}" is not understood here, so the content key also covers ignored files.`;
    return { rules, remarks: [remark] };
}
async function resolveCommit(checkout, revision) {
    // A leading dash would be an option; git's own check of names is the rest.
    if (revision.startsWith('-'))
        throw new errors/* GitOpsError */.$(`"${revision}" is no revision.`);
    try {
        return (await checkout.git.run('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
    }
    catch {
        throw new errors/* GitOpsError */.$(`Commit ${revision} is not in this clone.`, {
            hint: `Check out with "fetch-depth: 0", or run "git fetch origin ${revision}" before.`
        });
    }
}
/** A folder of the repository that the context lies in: at another revision the context itself may have existed. */
function repositoryFolder(workspace, context) {
    let folder = external_node_path_.resolve(workspace, context);
    if (!isInside(workspace, folder))
        throw new errors/* GitOpsError */.$(`The build context "${context}" leaves the workspace.`, {
            hint: 'Give a path inside the repository, relative to the workspace.'
        });
    while (!(0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory())
        folder = external_node_path_.dirname(folder);
    const real = (0,external_node_fs_.realpathSync)(folder);
    return isInside(workspace, real) ? real : workspace;
}
function isInside(directory, path) {
    return path === directory || path.startsWith(`${directory}/`);
}
/** What lies at paths of the workspace at a commit; symbolic links are followed as the builder follows them. */
async function findAll(checkout, location, commit, paths) {
    const workspace = (0,external_node_fs_.realpathSync)(location.workspace);
    const names = paths.map((path) => {
        const inside = external_node_path_.relative(checkout.topLevel, external_node_path_.resolve(workspace, path));
        if (!/^\.\.(\/|$)|^\/|\n/.test(inside))
            return `${commit}:${inside}`;
        throw new errors/* GitOpsError */.$(`Path "${path}" leaves the repository.`, {
            hint: 'Give a path inside the repository, relative to the workspace.'
        });
    });
    const answer = await checkout.git.feed(`${names.join('\n')}\n`, 'cat-file', '--batch-check', '--follow-symlinks');
    const results = batchResults(answer);
    return new Map(paths.flatMap((path, index) => {
        const [, id, type] = /^([0-9a-f]{40,64}) (\w+) \d+$/.exec(results[index] ?? '') ?? [];
        return id === undefined || type === undefined ? [] : [[path, { id, type }]];
    }));
}
/** One line for each object that was asked for; what is told about a broken or a leaving link takes a second line. */
function batchResults(answer) {
    const results = [];
    const lines = answer.split('\n');
    while (lines.length > 0) {
        const line = lines.shift() ?? '';
        results.push(line);
        if (/^(symlink|dangling|loop|notdir) \d+$/.test(line))
            lines.shift();
    }
    return results;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./src/workspace.js
var src_workspace = __webpack_require__(85);
;// CONCATENATED MODULE: ./src/image/content/files.js




/**
 * Adds every file below `directory` to `tree` under `prefix` (empty, or ending in a slash). Hashes are those that Git
 * gives a blob, so a folder that is no repository and a commit of the same files give the same key.
 */
async function addFiles(tree, directory, prefix, rules, format) {
    for (const found of await (0,promises_.readdir)(directory, { withFileTypes: true })) {
        if (found.name === '.git')
            continue;
        const path = prefix + found.name;
        if (found.isDirectory()) {
            if (rules.prunes(path))
                tree.see(path);
            else
                await addFiles(tree, external_node_path_.join(directory, found.name), `${path}/`, rules, format);
        }
        else if (rules.excludes(path))
            tree.see(path);
        else
            await addFile(tree, external_node_path_.join(directory, found.name), path, format);
    }
}
/** Adds one file or symbolic link; what is neither (a socket, a pipe) is left out, as it has no content. */
async function addFile(tree, file, path, format) {
    const status = await (0,promises_.lstat)(file);
    if (status.isSymbolicLink())
        tree.add({ path, mode: '120000', id: await hashLink(file, format) });
    else if (status.isFile())
        tree.add({ path, mode: fileMode(status), id: await hashFile(file, format) });
}
/** The mode Git records for a file: whether its owner may execute it. */
function fileMode(status) {
    return (status.mode & 0o100) === 0 ? '100644' : '100755';
}
/** Git's blob hash of a file's content, read as a stream. */
async function hashFile(file, format) {
    const { size } = await (0,promises_.stat)(file);
    const hash = (0,external_node_crypto_.createHash)(format).update(`blob ${size}\0`);
    for await (const chunk of (0,external_node_fs_.createReadStream)(file))
        hash.update(chunk);
    return hash.digest('hex');
}
async function hashLink(file, format) {
    const target = await (0,promises_.readlink)(file, { encoding: 'buffer' });
    return hashBlob(target, format);
}
/** Git's blob hash of some content. */
function hashBlob(content, format) {
    return (0,external_node_crypto_.createHash)(format).update(`blob ${content.length}\0`).update(content).digest('hex');
}

;// CONCATENATED MODULE: ./src/image/content/worktree.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});










/**
 * What a build of the work tree as it stands is sent. Git's index answers for what it knows to be unchanged; what
 * differs from it, and what Git does not track or ignores, is hashed: the builder is sent all of it.
 * @throws GitOpsError when the context or the Dockerfile does not exist or leaves the workspace
 */
async function readWorktree(exec, location) {
    const directory = (0,src_workspace/* workspacePath */.X)(location.workspace, location.context);
    if (!(await isDirectory(directory)))
        throw new errors/* GitOpsError */.$(`The build context "${location.context}" is no directory of the workspace.`, {
            hint: 'Give the path of a directory, relative to the workspace. Was the repository checked out?'
        });
    const checkout = await openCheckout(exec, directory);
    const dockerfile = await readDockerfile(exec, location, checkout);
    const { rules, ignoreFile, remarks } = await readIgnore(dockerfile.path, location);
    if ((0,external_node_fs_.existsSync)(external_node_path_.join(directory, '.git')) && !rules.excludes('.git'))
        remarks.push(`The folder .git is in the build context: a COPY may put it, and the checkout's token in it, into the image, and the content key cannot cover it. Add ".git" to ${ignoreFile ?? join(location.context, '.dockerignore')}.`);
    const tree = new Tree(rules);
    const common = { dockerfile, ignoreFile };
    if (!checkout) {
        await addFiles(tree, directory, '', rules, 'sha1');
        return { source: 'files', entries: tree.entries(), remarks, ...common };
    }
    const reader = new WorktreeReader(checkout, directory, rules, tree);
    await reader.read();
    return {
        source: 'work tree',
        commit: checkout.head,
        checkout,
        entries: tree.entries(),
        remarks: [...remarks, ...reader.remarks],
        ...common
    };
}
class WorktreeReader {
    remarks = [];
    #checkout;
    #directory;
    #rules;
    #tree;
    constructor(checkout, directory, rules, tree) {
        this.#checkout = checkout;
        this.#directory = directory;
        this.#rules = rules;
        this.#tree = tree;
    }
    async read() {
        const git = this.#checkout.git;
        const [index, raw, others, lfsFiles] = await Promise.all([
            git.list('ls-files', '-z', '--stage', '-v'),
            git.list('diff-files', '-z', '--raw', '--relative', '--ignore-submodules=all'),
            git.list('ls-files', '-z', '--others'),
            git.list('ls-files', '-z', ':(attr:filter=lfs)')
        ]);
        const changed = new Set(raw.filter((_item, position) => position % 2 === 1));
        const lfs = new Set(lfsFiles);
        const rehash = [];
        const pointers = [];
        const skipped = new Set();
        for (const line of index) {
            const [, tag = '', mode = '', id = '', stage = '', path = ''] = /^(.) (\d+) (\w+) (\d)\t(.*)$/s.exec(line) ?? [];
            if (mode === '160000')
                await this.#submodule(path, id);
            else if (this.#rules.excludes(path))
                this.#tree.see(path);
            else if (lfs.has(path) && (await isLfsPointer(external_node_path_.join(this.#directory, path)))) {
                // The commit holds the same pointer, but a proper checkout has the content: this must be another key.
                pointers.push(path);
                this.#tree.add({ path, mode, id: `pointer:${id}` });
            }
            // S: sparse checkout; lower case: "assume unchanged"; a stage: an unfinished merge. None says what lies on disk.
            else if (tag !== 'H' || stage !== '0' || changed.has(path)) {
                rehash.push(path);
                if (tag === 'S')
                    skipped.add(path);
            }
            else
                this.#tree.add({ path, mode, id });
        }
        for (const path of others) {
            if (isGitFolder(path))
                continue;
            if (path.endsWith('/'))
                await this.#directoryOf(path);
            else if (this.#rules.excludes(path))
                this.#tree.see(path);
            else
                rehash.push(path);
        }
        const missing = (await this.#rehash([...new Set(rehash)])).filter((path) => skipped.has(path));
        if (missing.length > 0)
            this.remarks.push(`Sparse checkout leaves out ${some(missing)} of the build context.`);
        if (pointers.length > 0)
            this.remarks.push(`Git LFS left pointers instead of content in ${some(pointers)} (actions/checkout: "lfs: true").`);
    }
    /** Another repository inside ours, or a folder of one: its files are sent like any. */
    async #directoryOf(path) {
        const name = path.slice(0, -1);
        if (this.#rules.prunes(name))
            this.#tree.see(name);
        else
            await addFiles(this.#tree, external_node_path_.join(this.#directory, name), `${name}/`, this.#rules, this.#checkout.format);
    }
    /** A submodule counts as its commit while it is clean; otherwise as the files that are there. */
    async #submodule(path, id) {
        if (this.#rules.prunes(path))
            return this.#tree.see(path);
        const directory = external_node_path_.join(this.#directory, path);
        const names = await (0,promises_.readdir)(directory).catch(() => []);
        if (!names.includes('.git')) {
            if (names.length === 0)
                this.remarks.push(`The submodule "${path}" is not checked out (actions/checkout: "submodules: true").`);
            await this.#directoryOf(`${path}/`).catch(() => { });
            return;
        }
        const git = gitIn(this.#checkout.git.exec, directory);
        const [head, status] = await Promise.all([
            git.run('rev-parse', 'HEAD'),
            git.run('status', '--porcelain', '--untracked-files=all', '--ignored', '--ignore-submodules=none')
        ]);
        if (head.trim() === id && status === '')
            this.#tree.add({ path, mode: '160000', id });
        else
            await this.#directoryOf(`${path}/`);
    }
    /**
     * Adds what lies on disk, hashed with Git's own filters (line ends, LFS), so that committing it does not change the
     * key. Returns the paths where nothing is.
     */
    async #rehash(paths) {
        const missing = [];
        const filtered = [];
        for (const path of paths) {
            const file = external_node_path_.join(this.#directory, path);
            const status = await (0,promises_.lstat)(file).catch(() => undefined);
            if (!status)
                missing.push(path);
            // hash-object reads one path a line, and a quote at its start as quoting.
            else if (status.isFile() && !/^"|\n/.test(this.#checkout.prefix + path))
                filtered.push({ path, mode: fileMode(status) });
            else
                await addFile(this.#tree, file, path, this.#checkout.format);
        }
        const { prefix } = this.#checkout;
        const ids = await hashFiltered(this.#checkout, filtered.map(({ path }) => prefix + path));
        for (const [position, { path, mode }] of filtered.entries())
            this.#tree.add({ path, mode, id: ids[position] ?? '' });
        return missing;
    }
}
/** Git's blob hashes of files after its filters; paths are relative to the top level. */
async function hashFiltered(checkout, paths) {
    if (paths.length === 0)
        return [];
    const top = gitIn(checkout.git.exec, checkout.topLevel);
    const input = paths.map((path) => `${path}\n`).join('');
    return (await top.feed(input, 'hash-object', '--stdin-paths')).trimEnd().split('\n');
}
async function isLfsPointer(file) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const status = await (0,promises_.lstat)(file).catch(() => undefined);
        if (!status?.isFile())
            return false;
        const handle = __addDisposableResource(env_1, await (0,promises_.open)(file), true);
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(64), 0, 64, 0);
        return buffer.toString('utf8', 0, bytesRead).startsWith('version https://git-lfs.github.com/spec/');
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function readDockerfile(exec, location, checkout) {
    const names = dockerfileNames(location);
    for (const path of names) {
        const file = (0,src_workspace/* workspacePath */.X)(location.workspace, path);
        const status = await (0,promises_.stat)(file).catch(() => undefined);
        if (!status?.isFile())
            continue;
        return { path, id: await dockerfileId(exec, file, checkout), text: await (0,promises_.readFile)(file, 'utf8') };
    }
    throw new errors/* GitOpsError */.$(`The Dockerfile "${names[0]}" does not exist.`, {
        hint: 'Name it with the input "file", relative to the workspace.'
    });
}
async function dockerfileId(exec, file, ofContext) {
    const isBeside = ofContext !== undefined && file.startsWith(`${ofContext.topLevel}/`);
    const checkout = isBeside ? ofContext : await openCheckout(exec, external_node_path_.dirname(file));
    if (!checkout)
        return hashFile(file, 'sha1');
    const name = external_node_path_.relative(checkout.topLevel, file);
    if (/^"|\n/.test(name))
        return hashFile(file, checkout.format);
    const [id] = await hashFiltered(checkout, [name]);
    return id ?? '';
}
async function readIgnore(dockerfile, location) {
    for (const ignoreFile of ignoreFileNames(dockerfile, location)) {
        const text = await (0,promises_.readFile)((0,src_workspace/* workspacePath */.X)(location.workspace, ignoreFile), 'utf8').catch(() => undefined);
        if (text !== undefined)
            return { ...readRules(ignoreFile, text), ignoreFile };
    }
    return readRules();
}
async function isDirectory(path) {
    return (await (0,promises_.stat)(path).catch(() => undefined))?.isDirectory() ?? false;
}
/** `3 files (a, b, …)`. */
function some(paths) {
    const shown = paths.slice(0, 3).join(', ');
    return `${paths.length} ${paths.length === 1 ? 'file' : 'files'} (${shown}${paths.length > 3 ? ', …' : ''})`;
}

;// CONCATENATED MODULE: ./src/image/key.js







/**
 * The content key of an image: equal for equal files of the context (ignored ones left out), Dockerfile and recipe,
 * wherever they lie and whenever they were checked out. Git alone decides, so that it can be computed for any commit.
 * Not covered: what the build fetches from elsewhere by a name that can change (`floatingSources`).
 * @returns 40 lower-case hexadecimal digits
 */
async function contentKey(options) {
    return (await readContent(options)).key;
}
/** The content key with what it was made of. */
async function readContent(options) {
    const { exec, location, recipe, revision } = options;
    if (revision !== undefined) {
        const content = await readCommit(exec, location, revision);
        return { key: keyOf(content, recipe), content, uncommitted: [] };
    }
    const { checkout, ...content } = await readWorktree(exec, location);
    const uncommitted = checkout ? await differences(checkout, location, content) : [];
    return { key: keyOf(content, recipe), content, uncommitted };
}
/** The tag under which an image of this content is found in its repository. */
function tagOf(key) {
    return `tree-${key}`;
}
function keyOf(content, recipe) {
    const text = (0,json/* canonicalJson */.dj)({
        version: 1,
        dockerfile: content.dockerfile.id,
        entries: content.entries.map((entry) => [entry.mode, entry.id, entry.path]),
        target: recipe.target ?? '',
        platforms: normalizePlatforms(recipe.platforms),
        buildArgs: { ...recipe.buildArgs },
        labels: { ...recipe.labels },
        secrets: [...recipe.secrets].sort(),
        provenance: recipe.provenance,
        sbom: recipe.sbom
    });
    // 160 bits, as Git's own names of things; the tag stays readable.
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 40);
}
const ARCHITECTURES = { x64: 'amd64', x86_64: 'amd64', aarch64: 'arm64', ia32: '386' };
/**
 * Sorted, each once, in the words of Go. None given means this machine's: an image for another architecture must not
 * be found under the same key.
 */
function normalizePlatforms(platforms) {
    const given = platforms.length > 0 ? platforms : [`linux/${process.arch}`];
    const normal = given.map((platform) => {
        const [os = '', architecture = '', variant] = platform.toLowerCase().split('/');
        const known = ARCHITECTURES[architecture] ?? architecture;
        const isDefaultVariant = variant === undefined || (known === 'arm64' && variant === 'v8');
        return isDefaultVariant ? `${os}/${known}` : `${os}/${known}/${variant}`;
    });
    return [...new Set(normal)].sort();
}
async function differences(checkout, location, content) {
    const dockerfile = external_node_path_.resolve((0,external_node_fs_.realpathSync)(location.workspace), content.dockerfile.path);
    // A Dockerfile of another repository is in no commit of this one.
    if (!dockerfile.startsWith(`${checkout.topLevel}/`))
        return [content.dockerfile.path];
    const committed = await committedContent(checkout, location);
    const before = new Map(committed?.entries.map(({ path: name, mode, id }) => [name, `${mode} ${id}`]));
    const after = new Map(content.entries.map(({ path: name, mode, id }) => [name, `${mode} ${id}`]));
    const paths = [...before.keys(), ...after.keys()].filter((name) => before.get(name) !== after.get(name));
    if (committed?.dockerfile.id !== content.dockerfile.id)
        paths.push(content.dockerfile.path);
    return [...new Set(paths)].sort();
}
async function committedContent(checkout, location) {
    if (checkout.head === undefined)
        return undefined;
    try {
        return await readCommitOf(checkout, location, checkout.head);
    }
    catch (error) {
        // The context or the Dockerfile is not committed yet: then nothing of it is.
        if (error instanceof errors/* GitOpsError */.$)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/image/options.js
const DEFAULT_PROVENANCE = 'min';
function locationOf(source) {
    return { workspace: source.workspace, context: source.context, file: source.file };
}
function recipeOf(source) {
    return {
        target: source.target,
        platforms: source.platforms ?? [],
        buildArgs: source.buildArgs ?? {},
        labels: source.labels ?? {},
        secrets: [...(source.secretEnvs ?? []), ...(source.secretFiles ?? [])].map(({ id }) => id),
        provenance: source.provenance ?? DEFAULT_PROVENANCE,
        sbom: source.sbom ?? false
    };
}

// EXTERNAL MODULE: ./src/image/reference.js
var image_reference = __webpack_require__(9047);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./src/image/registry/credentials.js





/** The folder of Docker's client configuration: `DOCKER_CONFIG`, else `~/.docker`. */
function dockerConfigFolder(env) {
    return env['DOCKER_CONFIG'] || external_node_path_.join(env['HOME'] || external_node_os_.homedir(), '.docker');
}
/**
 * The credentials that Docker's client configuration holds for a registry, by Docker's rules: a helper named for the
 * registry, then the general helper, then `auths`. Undefined when there are none.
 * @throws GitOpsError when the configuration cannot be read, or the helper named for this registry fails
 */
async function findCredential(registry, options) {
    const file = external_node_path_.join(dockerConfigFolder(options.env), 'config.json');
    const config = await readConfig(file);
    if (!config)
        return undefined;
    const named = [serverAddress(registry), ...serverNames(registry)]
        .map((name) => (0,json/* asString */.oJ)((0,json.at)(config, 'credHelpers', name)))
        .find((name) => name !== undefined);
    if (named)
        return askHelper(named, registry, options);
    const general = named === undefined ? (0,json/* asString */.oJ)(config['credsStore']) : undefined;
    if (general) {
        const credential = await askHelper(general, registry, options);
        if (credential)
            return credential;
    }
    return fromAuths(config, registry, file);
}
async function readConfig(file) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return undefined;
        throw new errors/* GitOpsError */.$(`${file} cannot be read: ${(0,errors/* messageOf */.b)(error)}`, { cause: error });
    }
    if (text.trim() === '')
        return undefined;
    try {
        return (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(text));
    }
    catch {
        // The parser's own message quotes the text, which holds passwords.
        throw new errors/* GitOpsError */.$(`${file} is not valid JSON.`, { hint: 'Log in again, for example with docker/login-action.' });
    }
}
function fromAuths(config, registry, source) {
    const auths = Object.entries((0,json/* asObject */.eB)(config['auths']) ?? {});
    const exact = auths.filter(([key]) => key === serverAddress(registry));
    for (const [key, value] of [...exact, ...auths]) {
        if (!serverNames(registry).includes(hostOf(key)))
            continue;
        const token = (0,json/* asString */.oJ)((0,json.at)(value, 'identitytoken'));
        if (token)
            return { type: 'identity-token', token, source };
        const [username, password] = splitAuth((0,json/* asString */.oJ)((0,json.at)(value, 'auth')) ?? '');
        const found = {
            username: username || (0,json/* asString */.oJ)((0,json.at)(value, 'username')),
            password: password || (0,json/* asString */.oJ)((0,json.at)(value, 'password'))
        };
        if (found.username && found.password)
            return { type: 'password', username: found.username, password: found.password, source };
    }
    return undefined;
}
function splitAuth(auth) {
    const text = Buffer.from(auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')];
}
/** The host of a key of `auths`: keys may carry a scheme and a path. */
function hostOf(key) {
    return key
        .replace(/^https?:\/\//, '')
        .replace(/\/.*$/, '')
        .toLowerCase();
}
/** The names under which credentials for a registry are kept: Docker Hub has three. */
function serverNames(registry) {
    return registry === 'docker.io' ? ['index.docker.io', 'docker.io', 'registry-1.docker.io'] : [registry];
}
/** The name that is asked for and stored under: Docker Hub's is the address of its first version. */
function serverAddress(registry) {
    return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}
async function askHelper(name, registry, { exec, env }) {
    const program = `docker-credential-${name}`;
    if (!/^[\w.-]+$/.test(name))
        throw new errors/* GitOpsError */.$(`Docker's configuration names a credential helper "${name}".`);
    const result = await exec(program, ['get'], {
        env,
        input: serverAddress(registry),
        allowFailure: true,
        timeout: 60_000
    });
    if (result.code !== 0) {
        if (/credentials not found/i.test(result.stdout + result.stderr))
            return undefined;
        throw new errors/* GitOpsError */.$(`${program} gives no credentials for ${registry}: exit code ${result.code}.`, {
            hint: `Run "echo ${registry} | ${program} get" on the runner to see why.`
        });
    }
    let answer;
    try {
        answer = (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(result.stdout));
    }
    catch {
        throw new errors/* GitOpsError */.$(`${program} did not answer with JSON for ${registry}.`);
    }
    const username = (0,json/* asString */.oJ)(answer?.['Username']) ?? '';
    const secret = (0,json/* asString */.oJ)(answer?.['Secret']);
    if (!secret)
        return undefined;
    if (username === '<token>')
        return { type: 'identity-token', token: secret, source: program };
    return { type: 'password', username, password: secret, source: program };
}

;// CONCATENATED MODULE: ./src/image/registry/auth.js




/**
 * Answers a registry's challenges: basic, or bearer tokens of the token server it names. Credentials go nowhere
 * before they are asked for, and tokens are kept as long as they are valid.
 */
class Authorizer {
    #http;
    #options;
    #headers = new Map();
    #credentials = new Map();
    constructor(http, options) {
        this.#http = http;
        this.#options = options;
    }
    /**
     * Sends a request for a repository with what the registry asks for.
     * @throws GitOpsError when the registry denies access; other answers are returned
     */
    async send(request, repository, access) {
        const key = `${repository.registry} ${repository.path} ${access}`;
        const known = this.#headers.get(key);
        const usable = known && known.until > Date.now() ? known.header : undefined;
        let response = await this.#http(withAuthorization(request, usable));
        if (response.status === 401) {
            response.drain();
            const header = await this.#answer(challengesOf(response), repository, access, key);
            response = await this.#http(withAuthorization(request, header));
        }
        if (response.status === 401 || response.status === 403) {
            response.drain();
            throw await this.#denied(response.status, repository, access);
        }
        return response;
    }
    async #answer(challenges, repository, access, key) {
        const bearer = challenges.find((challenge) => challenge.scheme === 'bearer');
        const credential = await this.#credential(repository.registry);
        if (bearer) {
            const token = await this.#token(bearer, credential, repository, access);
            this.#headers.set(key, { header: `Bearer ${token.value}`, until: Date.now() + (token.seconds - 10) * 1000 });
            return `Bearer ${token.value}`;
        }
        const asksBasic = challenges.some((challenge) => challenge.scheme === 'basic');
        if (!asksBasic || credential?.type !== 'password')
            throw await this.#denied(401, repository, access);
        const header = basic(credential);
        this.#headers.set(key, { header, until: Number.POSITIVE_INFINITY });
        return header;
    }
    async #token(challenge, credential, repository, access) {
        const { registry } = repository;
        const realm = challenge.parameters.get('realm') ?? '';
        if (!URL.canParse(realm))
            throw new errors/* GitOpsError */.$(`Registry ${registry} names no token server ("${realm}").`);
        const url = new URL(realm);
        // A registry in plain text on loopback may have its token server there, too; nothing else gets a password unencrypted.
        if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (0,image_reference/* isLoopback */.U9)(url.host)))
            throw new errors/* GitOpsError */.$(`Registry ${registry} names a token server without encryption (${url.host}); that is refused.`);
        const parameters = new URLSearchParams({ scope: `repository:${repository.path}:${access}` });
        const service = challenge.parameters.get('service');
        if (service)
            parameters.set('service', service);
        const response = await this.#http(tokenRequest(url, parameters, credential));
        if (response.status === 401 || response.status === 403 || response.status === 400) {
            response.drain();
            throw await this.#denied(response.status, repository, access);
        }
        const text = (await response.read(1 << 20)).toString('utf8');
        const value = response.status === 200 ? tokenOf(text) : undefined;
        if (!value)
            throw new errors/* GitOpsError */.$(`The token server ${url.host} of registry ${registry} gave no token (HTTP ${response.status}).`);
        return value;
    }
    #credential(registry) {
        let credential = this.#credentials.get(registry);
        if (!credential) {
            credential = findCredential(registry, this.#options);
            this.#credentials.set(registry, credential);
        }
        return credential;
    }
    async #denied(status, repository, access) {
        const { name, registry } = repository;
        const credential = await this.#credential(registry);
        const verb = access === 'pull' ? 'reading' : 'pushing to';
        if (!credential)
            return new errors/* GitOpsError */.$(`Registry ${registry} asks for credentials for ${verb} ${name}, and none are configured (looked in ${dockerConfigFolder(this.#options.env)}/config.json).`, { hint: `Give the inputs registry-username and registry-password, or log in to ${registry} in a step before.` });
        if (status === 403)
            return new errors/* GitOpsError */.$(`Registry ${registry} does not allow ${verb} ${name} with the credentials from ${credential.source}.`, {
                hint: 'Check the name of the repository and the rights of the account (ghcr.io with github.token: "permissions: packages: write").'
            });
        return new errors/* GitOpsError */.$(`Registry ${registry} refuses the credentials from ${credential.source} for ${verb} ${name}.`, {
            hint: 'Check user name and password: they may be wrong or expired, or lack the right for this repository (ghcr.io with github.token: "permissions: packages: write").'
        });
    }
}
function withAuthorization(request, authorization) {
    return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}
function basic(credential) {
    return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
}
/** https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ for identity tokens. */
function tokenRequest(url, parameters, credential) {
    if (credential?.type === 'identity-token') {
        parameters.set('grant_type', 'refresh_token');
        parameters.set('client_id', 'gitops-actions');
        parameters.set('refresh_token', credential.token);
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return { method: 'POST', url, headers, body: Buffer.from(parameters.toString()) };
    }
    const address = new URL(url);
    for (const [name, value] of parameters)
        address.searchParams.set(name, value);
    return { method: 'GET', url: address, headers: credential ? { authorization: basic(credential) } : {} };
}
function tokenOf(text) {
    try {
        const answer = (0,json/* parseJson */.qF)(text);
        const value = (0,json/* asString */.oJ)((0,json.at)(answer, 'token')) || (0,json/* asString */.oJ)((0,json.at)(answer, 'access_token'));
        return value ? { value, seconds: (0,json/* asNumber */.i)((0,json.at)(answer, 'expires_in')) ?? 60 } : undefined;
    }
    catch {
        return undefined;
    }
}
/** The challenges of a `WWW-Authenticate` header (RFC 9110 §11.6.1), as registries write them. */
function parseChallenges(header) {
    const challenges = [];
    for (const [, name, quoted, bare, scheme] of header.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][\w-]*)(?=\s|,|$)/g)) {
        if (scheme)
            challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
        else if (name)
            challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
    }
    return challenges;
}
function challengesOf(response) {
    return parseChallenges(response.headers['www-authenticate'] ?? '');
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./src/version.js
var version = __webpack_require__(3816);
;// CONCATENATED MODULE: ./src/image/registry/http.js







const ATTEMPTS = 5;
const LONGEST_WAIT = 60_000;
const TLS_ERRORS = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_)/;
/**
 * HTTP for registries: keep-alive, the proxy variables of the environment, redirects, and new attempts after 429, 5xx
 * and lost connections (`Retry-After` is honoured, up to a minute). Answers of any other status are returned.
 * Certificates are checked against Node's authorities and, where those do not know the issuer, the machine's own.
 */
function createHttp(options) {
    const wait = options.wait ?? external_node_timers_promises_.setTimeout;
    const agents = createAgents(options.env ?? process.env);
    return async (request) => {
        for (let attempt = 1;; attempt++) {
            try {
                const response = await follow(request, agents, options.timeout ?? 30_000);
                if (attempt === ATTEMPTS || !(response.status === 429 || response.status >= 500))
                    return response;
                response.drain();
                const pause = retryAfter(response.headers['retry-after']) ?? backoff(attempt);
                options.log.debug(`${request.url.host} answered ${response.status}; next attempt in ${pause} ms`);
                await wait(pause);
            }
            catch (error) {
                if (error instanceof errors/* GitOpsError */.$)
                    throw error;
                const code = codeOf(error);
                if (TLS_ERRORS.test(code) && agents.trustMachine())
                    continue;
                if (attempt === ATTEMPTS || TLS_ERRORS.test(code) || code === 'EPROTO')
                    throw unreachable(request.url, error);
                options.log.debug(`${request.url.host}: ${(0,errors/* messageOf */.b)(error) || code}; next attempt in ${backoff(attempt)} ms`);
                await wait(backoff(attempt));
            }
        }
    };
}
function createAgents(env) {
    const direct = new external_node_http_.Agent({ keepAlive: true });
    const plain = new external_node_http_.Agent({ keepAlive: true, proxyEnv: env });
    let secure;
    let machine = false;
    return {
        of: (url) => {
            // As Go does for BuildKit and Docker: no proxy is asked for this machine itself.
            if (url.protocol === 'http:')
                return (0,image_reference/* isLoopback */.U9)(url.host) ? direct : plain;
            const ca = machine
                ? [...external_node_tls_.rootCertificates, ...(0,external_node_tls_.getCACertificates)('system'), ...(0,external_node_tls_.getCACertificates)('extra')]
                : undefined;
            secure ??= new external_node_https_.Agent({ keepAlive: true, proxyEnv: env, ca });
            return secure;
        },
        trustMachine: () => {
            if (machine)
                return false;
            machine = true;
            secure = undefined;
            return true;
        }
    };
}
async function follow(request, agents, timeout) {
    let current = request;
    for (let redirects = 0;; redirects++) {
        const response = await once(current, agents, timeout);
        const location = response.headers.location;
        const isRedirect = [301, 302, 303, 307, 308].includes(response.status);
        if (!isRedirect || location === undefined || current.method === 'POST' || current.method === 'PUT')
            return response;
        response.drain();
        const url = new URL(location, current.url);
        if (url.protocol === 'http:' && !(0,image_reference/* isLoopback */.U9)(url.host))
            throw new errors/* GitOpsError */.$(`${current.url.host} redirects to ${url.host} without encryption; that is refused.`);
        if (redirects === 5)
            throw new errors/* GitOpsError */.$(`${request.url.host} redirects in a circle.`);
        // Storage behind a registry signs its addresses and must not be shown the registry's credentials.
        const headers = Object.entries(current.headers ?? {}).filter(([name]) => url.origin === current.url.origin || name.toLowerCase() !== 'authorization');
        current = { ...current, url, headers: Object.fromEntries(headers) };
    }
}
function once(request, agents, timeout) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const send = request.url.protocol === 'http:' ? external_node_http_.request : external_node_https_.request;
    const outgoing = send(request.url, {
        method: request.method,
        agent: agents.of(request.url),
        timeout,
        headers: {
            'user-agent': `gitops-actions/${version/* VERSION */.x}`,
            ...(request.body || request.method === 'POST' ? { 'content-length': String(request.body?.length ?? 0) } : {}),
            ...request.headers
        }
    });
    outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error(`no answer within ${timeout / 1000} s`), { code: 'ETIMEDOUT' })));
    outgoing.on('error', reject);
    outgoing.on('response', (stream) => {
        resolve({
            status: stream.statusCode ?? 0,
            headers: stream.headers,
            url: request.url,
            stream,
            read: (limit = 8 << 20) => readAll(stream, limit, request.url),
            drain: () => stream.resume()
        });
    });
    outgoing.end(request.body);
    return promise;
}
async function readAll(stream, limit, url) {
    const chunks = [];
    let length = 0;
    try {
        for await (const chunk of stream) {
            const part = chunk;
            length += part.length;
            if (length > limit)
                break;
            chunks.push(part);
        }
    }
    catch (error) {
        throw unreachable(url, error);
    }
    if (length > limit)
        throw new errors/* GitOpsError */.$(`${url.host} sent more than ${limit >> 20} MiB where a manifest was expected.`);
    return Buffer.concat(chunks);
}
/** Seconds or a date, as milliseconds from now. */
function retryAfter(header) {
    if (header === undefined)
        return undefined;
    const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), LONGEST_WAIT);
}
function backoff(attempt) {
    return 250 * 2 ** (attempt - 1);
}
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
function unreachable(url, error) {
    const code = codeOf(error);
    const known = {
        ENOTFOUND: 'its name is not known (DNS)',
        EAI_AGAIN: 'its name could not be looked up (DNS)',
        ECONNREFUSED: 'nothing listens there',
        ECONNRESET: 'the connection was cut',
        ETIMEDOUT: 'it does not answer'
    };
    if (code === 'EPROTO')
        return new errors/* GitOpsError */.$(`Registry ${url.host} does not speak HTTPS.`, {
            hint: 'Plain HTTP is used on loopback addresses only; give the registry a certificate.',
            cause: error
        });
    if (TLS_ERRORS.test(code))
        return new errors/* GitOpsError */.$(`The certificate of registry ${url.host} is not trusted: ${(0,errors/* messageOf */.b)(error)}.`, {
            hint: 'Install its authority on the runner, or name its file in NODE_EXTRA_CA_CERTS.',
            cause: error
        });
    return new errors/* GitOpsError */.$(`Registry ${url.host} cannot be reached: ${known[code] ?? ((0,errors/* messageOf */.b)(error) || code)}.`, {
        hint: 'Check the name of the registry, and that the runner may reach it (proxy: HTTPS_PROXY, NO_PROXY).',
        cause: error
    });
}

;// CONCATENATED MODULE: ./src/image/registry/client.js






const MANIFESTS = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json'
].join(', ');
/**
 * What the suite needs of the OCI distribution API. Errors are `GitOpsError`s that name registry and repository and
 * never hold a credential; "not there" is no error but `undefined`.
 */
class Registry {
    #authorizer;
    constructor(options) {
        const env = options.env ?? process.env;
        const http = options.http ?? createHttp({ log: options.log, env });
        this.#authorizer = new Authorizer(http, { env, exec: options.exec });
    }
    /** The digest that a tag, or a digest, stands for; that of the index where there are several platforms. */
    async digestOf(repository, reference) {
        const response = await this.#manifestRequest('HEAD', repository, reference, 'pull');
        response.drain();
        if (response.status === 404)
            return undefined;
        const digest = response.headers['docker-content-digest'];
        // 405 and a missing header: registries that know no HEAD, or leave the digest to the client.
        if (response.status === 200 && typeof digest === 'string' && (0,image_reference/* isDigest */.Bc)(digest))
            return digest;
        return (await this.manifest(repository, reference))?.digest;
    }
    async manifest(repository, reference) {
        const response = await this.#manifestRequest('GET', repository, reference, 'pull');
        const body = await response.read();
        if (response.status === 404)
            return undefined;
        if (response.status !== 200)
            throw unexpected(response, repository, 'reading', body);
        const digest = sha256(body);
        if ((0,image_reference/* isDigest */.Bc)(reference) && digest !== reference)
            throw new errors/* GitOpsError */.$(`Registry ${repository.registry} answers ${reference} of ${repository.name} with other content (${digest}).`);
        const mediaType = (0,json/* asString */.oJ)((0,json.at)(client_json(body), 'mediaType')) ?? response.headers['content-type'] ?? '';
        return { digest, mediaType, body };
    }
    /** Puts a tag on a manifest that the repository holds already. */
    async tag(repository, tag, manifest) {
        const request = {
            method: 'PUT',
            url: endpoint(repository, `manifests/${tag}`),
            headers: { 'content-type': manifest.mediaType },
            body: manifest.body
        };
        const response = await this.#authorizer.send(request, repository, 'pull,push');
        const body = await response.read();
        if (response.status !== 201 && response.status !== 200)
            throw unexpected(response, repository, `tagging ${tag} in`, body);
    }
    /**
     * Asks whether pushing is allowed, by starting an upload and dropping it: a build of minutes should not end in
     * "denied".
     * @throws GitOpsError when it is not
     */
    async checkPush(repository) {
        const request = { method: 'POST', url: endpoint(repository, 'blobs/uploads/') };
        const response = await this.#authorizer.send(request, repository, 'pull,push');
        const body = await response.read();
        // Some registries make the repository only when the first image is pushed by a client that asked for it: 404 says nothing.
        if (response.status >= 400 && response.status !== 404)
            throw unexpected(response, repository, 'pushing to', body);
        const location = response.headers.location;
        if (response.status !== 202 || location === undefined)
            return;
        const url = new URL(location, response.url);
        if (url.origin !== response.url.origin)
            return;
        const dropped = await this.#authorizer
            .send({ method: 'DELETE', url }, repository, 'pull,push')
            .catch(() => undefined);
        dropped?.drain();
    }
    /** The content of a layer or configuration as it arrives; the caller checks it against the digest. */
    async blob(repository, digest) {
        const response = await this.#authorizer.send({ method: 'GET', url: endpoint(repository, `blobs/${digest}`) }, repository, 'pull');
        if (response.status === 200)
            return response.stream;
        throw unexpected(response, repository, `reading ${digest} of`, await response.read());
    }
    #manifestRequest(method, repository, reference, access) {
        const request = {
            method,
            url: endpoint(repository, `manifests/${reference}`),
            headers: { accept: MANIFESTS }
        };
        return this.#authorizer.send(request, repository, access);
    }
}
/** `sha256:…` of some bytes. */
function sha256(body) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(body).digest('hex')}`;
}
function endpoint(repository, rest) {
    return new URL(`/v2/${repository.path}/${rest}`, (0,image_reference/* apiOf */.ir)(repository.registry));
}
function client_json(body) {
    try {
        return (0,json/* parseJson */.qF)(body.toString('utf8'));
    }
    catch {
        return undefined;
    }
}
/** The registry's own words, bounded: they are untrusted text. */
function unexpected(response, repository, verb, body) {
    const first = (0,json/* asList */.DD)((0,json.at)(client_json(body), 'errors'))?.[0];
    const reason = [(0,json/* asString */.oJ)((0,json.at)(first, 'code')), (0,json/* asString */.oJ)((0,json.at)(first, 'message'))].filter(Boolean).join(': ').slice(0, 300);
    return new errors/* GitOpsError */.$(`Registry ${repository.registry} answered HTTP ${response.status} to ${verb} ${repository.name}${reason ? ` (${reason})` : ''}.`, response.status === 429
        ? { hint: 'The registry limits requests: log in for a higher limit, or try again later.' }
        : {});
}

;// CONCATENATED MODULE: ./src/image/secrets.js




/** @throws GitOpsError for a variable that is not set or a file that does not exist */
async function readSecrets(options) {
    const env = options.env ?? process.env;
    const fromEnv = (options.secretEnvs ?? []).map((secret) => variable(secret, env));
    const files = await Promise.all((options.secretFiles ?? []).map((secret) => locate(secret, options.workspace, env)));
    const contents = await Promise.all(files.map((file) => (0,promises_.readFile)(file.path, 'utf8')));
    const values = [...fromEnv, ...contents, ...(options.login ? [options.login.password] : [])];
    return { files, values: values.flatMap(maskable) };
}
function variable({ id, env: name }, env) {
    const value = env[name];
    if (value)
        return value;
    throw new errors/* GitOpsError */.$(`Build secret "${id}" is empty: the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}.`, { hint: `Set it under "env:" of the step, from a secret. Runs for pull requests from forks are given no secrets.` });
}
async function locate({ id, path: name }, workspace, env) {
    const temporary = env['RUNNER_TEMP'];
    const isTemporary = external_node_path_.isAbsolute(name) && temporary !== undefined && external_node_path_.resolve(name).startsWith(`${external_node_path_.resolve(temporary)}/`);
    const file = isTemporary ? await (0,promises_.realpath)(name).catch(() => name) : (0,src_workspace/* workspacePath */.X)(workspace, name);
    if ((await (0,promises_.stat)(file).catch(() => undefined))?.isFile())
        return { id, path: file };
    throw new errors/* GitOpsError */.$(`Build secret "${id}": the file ${name} does not exist.`, {
        hint: "Write it in a step before, best below the runner's temporary folder, which no build context sends to the builder."
    });
}
/**
 * What is to be hidden of a secret: all of it, and each line, because logs are made of lines. Shorter than four
 * characters is left: hiding it would blot out half the log, and tell what it is.
 */
function maskable(secret) {
    const parts = new Set([secret, ...secret.split(/\r?\n/)].map((part) => part.trim()));
    return [...parts].filter((part) => part.length >= 4).sort((a, b) => b.length - a.length);
}
/** A function that blots out secret values: a build may print what it was given. */
function redactor(values) {
    const known = [...values].sort((a, b) => b.length - a.length);
    return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

;// CONCATENATED MODULE: ./src/image/buildx/args.js
/** The arguments of `buildx build`. No secret value is among them: secrets are given by name of a variable or a file. */
function buildxArguments(build) {
    const each = (flag, values) => values.flatMap((value) => [flag, value]);
    const pairs = (values) => Object.entries(values).map(([k, v]) => `${k}=${v}`);
    return [
        'build',
        ...(build.builder === undefined ? [] : ['--builder', build.builder]),
        '--progress',
        'plain',
        '--file',
        build.file,
        ...each('--tag', build.tags),
        ...each('--platform', build.platforms.length > 0 ? [build.platforms.join(',')] : []),
        ...each('--build-arg', pairs(build.buildArgs)),
        ...each('--label', pairs(build.labels)),
        ...each('--secret', build.secretEnvs.map(({ id, env }) => csv(['type=env', `id=${id}`, `env=${env}`]))),
        ...each('--secret', build.secretFiles.map(({ id, path }) => csv(['type=file', `id=${id}`, `src=${path}`]))),
        ...(build.target === undefined ? [] : ['--target', build.target]),
        ...each('--cache-from', build.cacheFrom),
        ...each('--cache-to', build.cacheTo),
        ...(build.provenance === undefined ? [] : [`--provenance=${provenance(build.provenance)}`]),
        ...(build.sbom ? ['--sbom=true'] : []),
        ...(build.push ? ['--push'] : []),
        '--metadata-file',
        build.metadataFile,
        build.context
    ];
}
function provenance(value) {
    return value === 'none' ? 'false' : `mode=${value}`;
}
/** A line of comma-separated values as buildx reads it (RFC 4180). */
function csv(fields) {
    return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./src/image/buildx/builder.js





const CANDIDATES = [['buildx'], ['docker-buildx'], ['docker', 'buildx']];
/**
 * Finds buildx on the PATH: standalone, or as a plugin of docker.
 * @throws GitOpsError when there is none
 */
async function findBuildx(exec, env) {
    for (const command of CANDIDATES) {
        const [file = '', ...prefix] = command;
        const run = (args, options = {}) => exec(file, [...prefix, ...args], { ...options, env: { ...env, ...options.env } });
        const answer = await run(['version'], { allowFailure: true }).catch(() => undefined);
        if (answer?.code === 0 && /buildx/.test(answer.stdout))
            return { command, run };
    }
    throw new errors/* GitOpsError */.$('buildx is not installed on this runner (looked for buildx, docker-buildx and docker buildx).', {
        hint: 'GitHub-hosted runners have it. Elsewhere, install the docker-buildx-plugin package or run docker/setup-buildx-action before.'
    });
}
/**
 * The builder to use: a temporary one for a BuildKit address, which is gone when it is disposed of; else the named
 * one, else what buildx has selected.
 * @throws GitOpsError when it does not exist or does not answer
 */
async function openBuilder(buildx, options) {
    const { builder, buildkitAddress } = options;
    if (buildkitAddress !== undefined)
        return connectBuildkit(buildx, buildkitAddress, options.temporary);
    const answer = await buildx.run(['inspect', ...(builder === undefined ? [] : [builder])], { allowFailure: true });
    const driver = /^Driver:[ \t]*(\S*)/m.exec(answer.stdout)?.[1] ?? '';
    const error = /^Error:\s*(.+)$/m.exec(answer.stdout)?.[1] ?? /^ERROR:\s*(.+)$/m.exec(answer.stderr)?.[1];
    if (answer.code !== 0 || driver === '')
        throw new errors/* GitOpsError */.$(`${builder === undefined ? 'The selected builder' : `Builder "${builder}"`} cannot be used: ${error ?? `exit code ${answer.code}`}.`, {
            hint: 'Start the Docker engine, create a builder (docker/setup-buildx-action), or give the address of a BuildKit daemon with the input "buildkit-address".'
        });
    return { name: builder, driver, env: {}, async [Symbol.asyncDispose]() { } };
}
async function connectBuildkit(buildx, address, temporary) {
    if (!/^[a-z-]+:\/\/\S+$/.test(address))
        throw new errors/* GitOpsError */.$(`BuildKit address "${address}" is not valid.`, {
            hint: 'Use unix:///path/to/buildkitd.sock, tcp://host:port, docker-container://name or kube-pod://name.'
        });
    // A configuration of its own: the runner's builders and its selection stay as they are.
    const folder = await (0,promises_.mkdtemp)(external_node_path_.join(temporary, 'buildx-'));
    const env = { BUILDX_CONFIG: folder };
    const name = 'gitops-actions';
    const dispose = () => (0,promises_.rm)(folder, { recursive: true, force: true });
    try {
        await checkListens(address);
        await buildx.run(['create', '--name', name, '--driver', 'remote', '--bootstrap', address], { env });
    }
    catch (error) {
        await dispose();
        throw new errors/* GitOpsError */.$(`BuildKit at ${address} cannot be reached: ${reasonOf(error)}.`, {
            hint: 'Check the address, and that buildkitd listens there.',
            cause: error
        });
    }
    return { name, driver: 'remote', env, [Symbol.asyncDispose]: dispose };
}
/** Knocks at a socket before buildx does, which would try for 20 s and then name no reason. */
function checkListens(address) {
    const url = new URL(address);
    if (url.protocol !== 'unix:' && url.protocol !== 'tcp:')
        return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers();
    const socket = url.protocol === 'unix:'
        ? (0,external_node_net_.connect)({ path: decodeURIComponent(url.pathname) })
        : (0,external_node_net_.connect)({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 1234 });
    socket.setTimeout(10_000, () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    socket.on('error', reject);
    socket.on('connect', () => resolve(void socket.destroy()));
    return promise;
}
const REASONS = {
    ENOENT: 'there is no such socket',
    EACCES: 'this user may not open the socket',
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'its name is not known (DNS)',
    ETIMEDOUT: 'it does not answer'
};
function reasonOf(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const last = (0,errors/* messageOf */.b)(error)
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^ERROR: /, '') ?? '';
    return REASONS[code] ?? (last === 'context deadline exceeded' ? 'it does not answer' : last);
}
/** Where temporary files go: the runner clears its own folder even after a job that was killed. */
function temporaryFolder(env) {
    return env['RUNNER_TEMP'] || external_node_os_.tmpdir();
}

;// CONCATENATED MODULE: ./src/image/buildx/failure.js

/**
 * What went wrong in a build, from the lines of `--progress plain`: the failing line of the Dockerfile and the last
 * words of its command, instead of "exit code 1".
 */
function explainFailure(lines, dockerfile) {
    const error = lines.findLast((line) => /^ERROR: /.test(line))?.replace(/^ERROR: /, '') ?? lastLine(lines);
    const reason = error
        .replace(/^(failed to build|failed to solve|rpc error: code = \w+ desc =)[: ]\s*/, '')
        .replace(/^failed to solve: /, '');
    const line = failingLine(lines);
    const step = failingStep(lines);
    // The second form is that of the BuildKit inside Docker 20.10, which also prints no line.
    const exit = /^(?:process ".*" did not complete successfully|executor failed running \[.*\]): (exit code: \d+)/s.exec(reason);
    const what = exit && step ? `${step.name} failed with ${exit[1]?.replace(':', '')}.` : reason;
    const message = line === undefined ? `Building ${dockerfile} failed: ${what}` : `${dockerfile}:${line}: ${what}`;
    const hint = hintFor(reason);
    const details = step?.output ?? [];
    return new errors/* GitOpsError */.$(message, {
        hint,
        details,
        annotations: line === undefined
            ? []
            : [{ place: { file: dockerfile, line: Number(line) }, message: [message, ...details].join('\n') }]
    });
}
function lastLine(lines) {
    return lines.findLast((line) => line.trim() !== '') ?? 'buildx gave no reason';
}
/** `Dockerfile:7`, the line above the excerpt that BuildKit prints. */
function failingLine(lines) {
    const excerpt = lines.findLastIndex((line, index) => line === '--------------------' && /:\d+$/.test(lines[index - 1] ?? ''));
    return excerpt < 0 ? undefined : /:(\d+)$/.exec(lines[excerpt - 1] ?? '')?.[1];
}
/** The block between two lines of dashes: ` > [2/3] RUN make:` and the last output of the command. */
function failingStep(lines) {
    const start = lines.findLastIndex((line, index) => line === '------' && /^ > .*:$/.test(lines[index + 1] ?? ''));
    if (start < 0)
        return undefined;
    const end = lines.indexOf('------', start + 1);
    const name = (lines[start + 1] ?? '').replace(/^ > (\[.*?\] )?/, '').replace(/:$/, '');
    const output = lines.slice(start + 2, end < 0 ? undefined : end).map((line) => line.replace(/^\d+\.\d+ /, ''));
    return { name, output: output.slice(-30) };
}
const HINTS = [
    [
        /failed to calculate checksum of ref .*: not found|failed to compute cache key/,
        'The file is not in the build context. Paths in COPY are relative to the input "context"; is it kept out by .dockerignore?'
    ],
    [
        /secret .*: not found/,
        'The Dockerfile needs a build secret: give it with the input "secret-envs" or "secret-files".'
    ],
    [
        /failed to (resolve source metadata|authorize|do request)|pull access denied/,
        'The base image cannot be read: check its name, and whether its registry asks for credentials.'
    ],
    [
        /not supported for the docker driver|is not supported.*docker driver/i,
        'The builder is that of the Docker engine. Create a BuildKit builder (docker/setup-buildx-action), or give the input "buildkit-address".'
    ],
    [
        /exec format error/,
        'The builder cannot run programs of that platform: set up emulation (docker/setup-qemu-action) or a builder of that platform.'
    ],
    [/no space left on device/, 'The builder has no disk space left.'],
    [
        /name unknown|repository .* does not exist|NAME_UNKNOWN/i,
        'The registry does not make repositories by itself: create this one first, then run the step again.'
    ],
    [
        /push access denied|unexpected status.*40[13]|insufficient_scope|denied: /,
        'The registry refuses the push: check the credentials and the rights of the account.'
    ],
    [
        /context deadline exceeded|connection refused|no such host|failed to connect/,
        'BuildKit does not answer: is the builder running?'
    ],
    [/target stage .* could not be found/, 'The input "target" names a stage that the Dockerfile does not have.']
];
function hintFor(reason) {
    return HINTS.find(([pattern]) => pattern.test(reason))?.[1];
}

;// CONCATENATED MODULE: ./src/image/buildx/build.js
var build_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var build_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});











/**
 * Runs `buildx build`, its output in the log as it comes.
 * @returns what buildx wrote into its metadata file
 * @throws GitOpsError with the failing line of the Dockerfile and the last output of its command
 */
async function runBuild(build) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { options, env, exec } = build;
        if (options.signal?.aborted)
            throw cancelled();
        const temporary = temporaryFolder(env);
        const buildx = await findBuildx(exec, env);
        const builder = build_addDisposableResource(env_1, await openBuilder(buildx, { ...options, temporary }), true);
        const folder = await (0,promises_.mkdtemp)(external_node_path_.join(temporary, 'image-build-'));
        try {
            const metadataFile = external_node_path_.join(folder, 'metadata.json');
            const args = buildxArguments(argumentsFor(build, builder, metadataFile));
            await options.log.group(`Building ${build.image}`, () => stream(build, buildx, builder, args));
            return await readMetadata(metadataFile);
        }
        finally {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = build_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function argumentsFor(build, builder, metadataFile) {
    const { options, content, image, env, secrets } = build;
    // The engine's own builder makes attestations only with its containerd image store; asked for by default, they would fail the build.
    const canAttest = builder.driver !== 'docker';
    const provenance = options.provenance ?? (canAttest ? DEFAULT_PROVENANCE : undefined);
    return {
        context: (0,src_workspace/* workspacePath */.X)(options.workspace, options.context),
        file: (0,src_workspace/* workspacePath */.X)(options.workspace, content.content.dockerfile.path),
        tags: [image],
        platforms: options.platforms ?? [],
        buildArgs: options.buildArgs ?? {},
        labels: { ...standardLabels(content, env), ...options.labels },
        secretEnvs: options.secretEnvs ?? [],
        secretFiles: secrets.files,
        target: options.target,
        cacheFrom: options.cacheFrom ?? [],
        cacheTo: options.cacheTo ?? [],
        push: build.push,
        provenance,
        sbom: options.sbom ?? false,
        metadataFile,
        builder: builder.name
    };
}
/** https://github.com/opencontainers/image-spec/blob/main/annotations.md; GHCR links a package to its repository by the source. */
function standardLabels({ content }, env) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
    return {
        ...(server && repository ? { 'org.opencontainers.image.source': `${server}/${repository}` } : {}),
        ...(content.commit === undefined ? {} : { 'org.opencontainers.image.revision': content.commit })
    };
}
async function stream(build, buildx, builder, args) {
    const { options, content } = build;
    const redact = redactor(build.secrets.values);
    const lines = [];
    const running = buildx.run(args, {
        cwd: options.workspace,
        env: { ...builder.env, ...(await buildEnvironment(build)) },
        signal: options.signal,
        allowFailure: true,
        onLine: (line) => {
            const clean = redact(line);
            lines.push(clean);
            options.log.info(clean);
        }
    });
    const result = await running.catch((error) => {
        throw options.signal?.aborted ? cancelled() : error;
    });
    if (result.code !== 0)
        throw explainFailure(lines, content.content.dockerfile.path);
}
function cancelled() {
    return new errors/* GitOpsError */.$('The build was cancelled.');
}
async function buildEnvironment({ options, content, env, exec }) {
    const { commit } = content.content;
    const epoch = commit === undefined
        ? undefined
        : await commitTime(gitIn(exec, (0,src_workspace/* workspacePath */.X)(options.workspace, options.context)), commit);
    return {
        // The image's dates are the commit's: the same build gives the same image another day.
        SOURCE_DATE_EPOCH: env['SOURCE_DATE_EPOCH'] ?? epoch?.toString(),
        BUILDX_METADATA_PROVENANCE: 'disabled',
        'INPUT_REGISTRY-PASSWORD': undefined
    };
}
async function readMetadata(file) {
    const text = await (0,promises_.readFile)(file, 'utf8').catch(() => '{}');
    return (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(text)) ?? {};
}

;// CONCATENATED MODULE: ./src/image/content/dockerfile.js
/**
 * The images and downloads a Dockerfile takes from elsewhere by a name that can change its content: no digest, so
 * Git does not determine them and the content key does not cover them. In order, each once, as written after
 * substitution of build arguments.
 */
function floatingSources(dockerfile, buildArgs) {
    const found = [];
    const stages = new Set(['scratch']);
    const args = new Map();
    const use = (reference) => {
        const image = substitute(reference, args);
        const isStage = stages.has(image.toLowerCase()) || /^\d+$/.test(image);
        if (!isStage && !/@sha256:[0-9a-f]{64}$/.test(image) && !found.includes(image))
            found.push(image);
    };
    const syntax = /^#\s*syntax\s*=\s*(\S+)/im.exec(dockerfile.slice(0, 1000))?.[1];
    if (syntax)
        use(syntax);
    let stagesSeen = 0;
    for (const line of logicalLines(dockerfile)) {
        const [, instruction = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? [];
        const words = rest.split(/\s+/).filter((word) => word !== '');
        const flags = words.filter((word) => word.startsWith('--'));
        switch (instruction.toUpperCase()) {
            case 'ARG':
                // Only what stands before the first FROM reaches a FROM.
                if (stagesSeen === 0)
                    for (const word of words)
                        declare(word, args, buildArgs);
                break;
            case 'FROM': {
                stagesSeen++;
                const [image, as, name] = words.filter((word) => !word.startsWith('--'));
                if (image)
                    use(image);
                if (name && as?.toUpperCase() === 'AS')
                    stages.add(name.toLowerCase());
                break;
            }
            case 'COPY':
            case 'ADD': {
                const from = flags.find((flag) => flag.startsWith('--from='));
                if (from)
                    use(from.slice('--from='.length));
                const pinned = flags.some((flag) => flag.startsWith('--checksum='));
                if (instruction.toUpperCase() === 'ADD' && !pinned)
                    for (const word of words.slice(0, -1))
                        if (/^(https?:\/\/|git@)/.test(word))
                            use(word);
                break;
            }
            case 'RUN':
                for (const flag of flags) {
                    const from = /^--mount=(?:.*,)?from=([^,]+)/.exec(flag)?.[1];
                    if (from)
                        use(from);
                }
                break;
        }
    }
    return found;
}
function declare(word, args, buildArgs) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const fallback = equals < 0 ? undefined : unquote(word.slice(equals + 1));
    const value = buildArgs[name] ?? (fallback === undefined ? undefined : substitute(fallback, args));
    if (value !== undefined)
        args.set(name, value);
}
/** `$NAME`, `${NAME}`, `${NAME:-default}`; what is not known stays as written. */
function substitute(text, args) {
    return unquote(text).replace(/\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g, (all, bare, braced, fallback) => args.get(bare ?? braced ?? '') ?? fallback ?? all);
}
function unquote(text) {
    return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
/** Instructions with their continuation lines joined; without comments and the bodies of heredocs. */
function* logicalLines(dockerfile) {
    const escapeMark = /^#\s*escape\s*=\s*`/im.test(dockerfile.slice(0, 1000)) ? '`' : '\\';
    const ends = [];
    let pending = '';
    for (const raw of dockerfile.split(/\r?\n/)) {
        if (ends.length > 0) {
            if (raw.replace(/^\t+/, '') === ends[0])
                ends.shift();
            continue;
        }
        const line = raw.trim();
        if (line.startsWith('#') || (line === '' && pending !== ''))
            continue;
        if (line.endsWith(escapeMark)) {
            pending += `${line.slice(0, -1)} `;
            continue;
        }
        const whole = (pending + line).trim();
        pending = '';
        if (whole === '')
            continue;
        if (/^(run|copy|add)\s/i.test(whole))
            for (const [, , name] of whole.matchAll(/<<-?(["']?)(\w+)\1/g))
                if (name)
                    ends.push(name);
        yield whole;
    }
    if (pending.trim() !== '')
        yield pending.trim();
}

;// CONCATENATED MODULE: ./src/image/registry/login.js




/**
 * Makes a copy of Docker's client configuration that holds the credentials for one registry, for buildx and for
 * ourselves. The user's own is not touched; everything beside it (builders, contexts, plugins) is linked.
 */
async function loginTo(registry, login, env, temporary) {
    const original = external_node_path_.resolve(dockerConfigFolder(env));
    const folder = await (0,promises_.mkdtemp)(external_node_path_.join(temporary, 'docker-config-'));
    for (const name of await (0,promises_.readdir)(original).catch(() => []))
        if (name !== 'config.json')
            await (0,promises_.symlink)(external_node_path_.join(original, name), external_node_path_.join(folder, name));
    const config = withLogin(await login_readConfig(external_node_path_.join(original, 'config.json')), registry, login);
    await (0,promises_.writeFile)(external_node_path_.join(folder, 'config.json'), (0,json/* stringifyJson */.sd)(config), { mode: 0o600 });
    return {
        env: { DOCKER_CONFIG: folder },
        [Symbol.asyncDispose]: () => (0,promises_.rm)(folder, { recursive: true, force: true })
    };
}
function withLogin(config, registry, { username, password }) {
    const server = serverAddress(registry);
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    return {
        ...config,
        auths: { ...(0,json/* asObject */.eB)(config['auths']), [server]: { auth } },
        // An empty helper is Docker's way to say: for this registry, read `auths`.
        credHelpers: { ...(0,json/* asObject */.eB)(config['credHelpers']), [server]: '' }
    };
}
async function login_readConfig(file) {
    try {
        return (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(await (0,promises_.readFile)(file, 'utf8'))) ?? {};
    }
    catch {
        return {}; // what is wrong with it is said where it is needed: by whoever reads other credentials from it
    }
}

;// CONCATENATED MODULE: ./src/image/build.js
var image_build_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var image_build_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});















/**
 * Builds an image and pushes it under the tag of its content key, or takes what the registry holds under that tag:
 * the same content is built once. Two runs at once may build it twice, which does no harm.
 * @throws GitOpsError for bad input, a registry that denies access, a build that fails; nothing is tagged then
 */
async function buildImage(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const started = performance.now();
        const { log, push = true, reuse = true } = options;
        const exec = options.exec ?? toolchain_exec/* exec */.m;
        const repository = (0,image_reference/* parseRepository */.SU)(options.repository);
        const extraTags = [...new Set(options.tags ?? [])].map(image_reference/* checkTag */.Bs);
        const secrets = await readSecrets(options);
        for (const secret of secrets.values)
            options.mask?.(secret);
        const content = await readContent({ location: locationOf(options), recipe: recipeOf(options), exec });
        const tag = tagOf(content.key);
        const image = `${repository.name}:${tag}`;
        const names = { image, tags: [image, ...extraTags.map((extra) => `${repository.name}:${extra}`)] };
        options.announce?.(names);
        const remarks = [...remarksOn(content), ...secretsInContext(secrets, content, options)];
        const floating = floatingSources(content.content.dockerfile.text, options.buildArgs ?? {});
        log.info(`${image} (content key of ${content.content.entries.length} files and directories in "${options.context}")`);
        for (const remark of remarks)
            log.warning(remark);
        const login = image_build_addDisposableResource(env_1, options.login &&
            (await loginTo(repository.registry, options.login, environment(options), temporaryFolder(environment(options)))), true);
        const env = { ...environment(options), ...login?.env };
        const registry = new Registry({ exec, log, env });
        const result = { ...names, key: content.key, floating, remarks, metadata: {}, built: false };
        const finish = (digest, rest = {}) => ({
            ...result,
            ...rest,
            ...(digest === undefined ? {} : { digest, imageRef: `${repository.name}@${digest}` }),
            seconds: (performance.now() - started) / 1000
        });
        const existing = reuse ? await lookUp(registry, repository, tag, push, log) : undefined;
        if (existing !== undefined) {
            log.info(`The registry holds this content already: ${existing}. Nothing is built.`);
            if (push)
                await addTags(registry, repository, existing, extraTags, log);
            return finish(existing);
        }
        if (push)
            await registry.checkPush(repository);
        let metadata;
        try {
            metadata = await runBuild({ options, content, image, env, exec, secrets, push });
        }
        catch (error) {
            // Where tags cannot be overwritten, the second of two runs with the same content cannot push.
            const other = push && reuse ? await registry.digestOf(repository, tag).catch(() => undefined) : undefined;
            if (other === undefined)
                throw error;
            log.warning(`The build failed here, but another run has pushed the same content meanwhile: ${(0,errors/* messageOf */.b)(error)}`);
            await addTags(registry, repository, other, extraTags, log);
            return finish(other);
        }
        if (!push) {
            log.info('Built, and not pushed: no digest can be deployed.');
            return finish(undefined, { built: true, metadata });
        }
        const digest = await verifyPushed(registry, repository, tag, (0,json/* asString */.oJ)(metadata['containerimage.digest']), log);
        await addTags(registry, repository, digest, extraTags, log);
        log.info(`Pushed ${repository.name}@${digest}`);
        return finish(digest, { built: true, metadata });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = image_build_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function environment(options) {
    return options.env ?? process.env;
}
function remarksOn({ content, uncommitted }) {
    if (uncommitted.length === 0)
        return [...content.remarks];
    const where = content.commit === undefined ? 'no commit' : `commit ${content.commit.slice(0, 12)}`;
    return [
        ...content.remarks,
        `The content key covers ${some(uncommitted)} as it is here and not as in ${where}, so Git alone does not give this tag. Commit it, or add what the image does not need to ${content.ignoreFile ?? '.dockerignore'}.`
    ];
}
/** A secret file that a COPY could put into the image. */
function secretsInContext(secrets, { content }, options) {
    const context = (0,src_workspace/* workspacePath */.X)(options.workspace, options.context);
    return secrets.files
        .filter((file) => content.entries.some((entry) => external_node_path_.join(context, entry.path) === file.path))
        .map(({ id }) => `The file of build secret "${id}" lies in the build context, so a COPY may put it into the image: write it below the runner's temporary folder, or add it to .dockerignore.`);
}
async function lookUp(registry, repository, tag, push, log) {
    try {
        return await registry.digestOf(repository, tag);
    }
    catch (error) {
        // A build that is only tried needs no registry: pull requests from forks have no credentials.
        if (push || !(error instanceof errors/* GitOpsError */.$))
            throw error;
        log.info(`Whether this content was built before cannot be seen: ${error.message}`);
        return undefined;
    }
}
async function addTags(registry, repository, digest, tags, log) {
    if (tags.length === 0)
        return;
    const manifest = await registry.manifest(repository, digest);
    if (!manifest)
        throw new errors/* GitOpsError */.$(`${repository.name}@${digest} is gone from the registry.`);
    for (const tag of tags) {
        if ((await registry.digestOf(repository, tag)) === digest)
            continue;
        await registry.tag(repository, tag, manifest);
        log.info(`Tagged ${repository.name}:${tag}`);
    }
}
/**
 * The digest that buildx reported, once the registry serves it. Where another run has pushed the same content
 * meanwhile, the tag shows that one's digest; ours is there all the same.
 */
async function verifyPushed(registry, repository, tag, reported, log) {
    const served = await registry.digestOf(repository, tag);
    if (reported === undefined || !(0,image_reference/* isDigest */.Bc)(reported)) {
        if (served !== undefined)
            return served;
        throw new errors/* GitOpsError */.$(`buildx reported no digest for ${repository.name}:${tag}, and the registry has no such tag.`);
    }
    if (served === reported)
        return reported;
    if ((await registry.digestOf(repository, reported)) === undefined)
        throw new errors/* GitOpsError */.$(`${repository.name}@${reported} was pushed, but the registry does not serve it.`, {
            hint: 'Run the step again; if it stays so, the registry loses what it accepts.'
        });
    log.info(`${repository.name}:${tag} now shows ${served ?? 'nothing'}: another run pushed the same content.`);
    return reported;
}

// EXTERNAL MODULE: ./src/duration.js
var duration = __webpack_require__(8770);
// EXTERNAL MODULE: ./src/report/markdown.js
var markdown = __webpack_require__(74);
;// CONCATENATED MODULE: ./src/image/summary.js



/** What a build gave, as Markdown for the step summary. */
function builtSummary(image) {
    const [, ...extraTags] = image.tags;
    const rows = [
        ['Image', codeSpan(image.image)],
        ['Digest', image.digest === undefined ? 'none: it was not pushed' : codeSpan(image.digest)],
        ...(extraTags.length > 0 ? [['Further tags', extraTags.map(codeSpan).join(' ')]] : []),
        ['Built', image.built ? `yes, in ${formatSeconds(image.seconds)}` : 'no: the registry held this content already']
    ];
    const notes = [
        ...image.remarks.map(escapeMarkdown),
        ...(image.floating.length > 0
            ? [
                `Taken by a name that can change: ${image.floating.map(codeSpan).join(', ')}. A new version there does not change the content key, so nothing is built for it; a digest in the Dockerfile (Dependabot keeps it fresh) makes it part of the key.`
            ]
            : [])
    ];
    return [`### ${escapeMarkdown(titleOf(image))}`, '', table(['', ''], rows), '', ...notes.map((note) => `- ${note}`)]
        .join('\n')
        .trimEnd();
}
function titleOf(image) {
    const name = image.image.slice(0, image.image.lastIndexOf(':'));
    if (!image.built)
        return `${name}: nothing to build`;
    return image.digest === undefined ? `${name}: built, not pushed` : `${name}: built and pushed`;
}
/** Why there is no image, as Markdown for the step summary. */
function failedSummary(error, options) {
    const hint = error instanceof GitOpsError ? error.hint : undefined;
    const details = error instanceof GitOpsError ? error.details : [];
    return [
        `### ${escapeMarkdown(options.repository)}: no image`,
        '',
        escapeMarkdown(messageOf(error)),
        ...(hint === undefined ? [] : ['', escapeMarkdown(hint)]),
        ...(details.length > 0 ? ['', codeBlock(details.join('\n'))] : [])
    ].join('\n');
}

;// CONCATENATED MODULE: ./src/image/index.js










/**
 * The content key of an image: 40 hexadecimal digits that are equal for equal content, wherever and whenever it was
 * checked out. With `revision`, that of any commit of the clone, without checking it out.
 * @throws GitOpsError when the context, the Dockerfile or the commit does not exist
 */
function image_contentKey(options) {
    return contentKey({
        location: locationOf(options),
        recipe: recipeOf(options),
        exec: options.exec ?? toolchain_exec/* exec */.m,
        revision: options.revision
    });
}
/**
 * The digest that a registry serves for a tag; undefined when it has no such tag.
 * @throws GitOpsError when the name is not valid, or the registry denies access or cannot be reached
 */
function resolveImage(repository, tag, options) {
    const registry = new Registry({ exec: toolchain_exec/* exec */.m, ...options });
    return registry.digestOf((0,image_reference/* parseRepository */.SU)(repository), tag);
}


/***/ }),

/***/ 9047:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Bs: () => (/* binding */ checkTag),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   SU: () => (/* binding */ parseRepository),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   ir: () => (/* binding */ apiOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/**
 * Reads the name of a repository by the rules of the distribution specification; a first part that is no host name
 * means Docker Hub.
 * @throws GitOpsError that says which part is not allowed
 */
function parseRepository(name) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const hasHost = /[.:[]/.test(first) || first === 'localhost';
    const host = hasHost ? first : 'docker.io';
    const path = hasHost ? name.slice(slash + 1) : name;
    const invalid = (why, hint) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`Repository "${name}" is not valid: ${why}.`, { hint });
    if (/^\w+:\/\//.test(name))
        throw invalid('it starts with a scheme', `Write it without: ${name.replace(/^\w+:\/\//, '')}`);
    if (/[A-Z]/.test(path))
        throw invalid('registries allow no capital letters', `Use "${hasHost ? `${first}/` : ''}${path.toLowerCase()}".`);
    if (/[:@]/.test(path))
        throw invalid('it carries a tag or a digest', 'Give the name alone; tags have an input of their own.');
    if (!HOST.test(host))
        throw invalid(`"${host}" is no host name`, 'Use the form registry.example/owner/name.');
    if (!PATH.test(path) || path.length > 255)
        throw invalid(`"${path}" is no name of a repository`, 'Use lower-case letters, digits and single . _ - between them, parts separated by /.');
    if (host === 'docker.io' || host === 'index.docker.io' || host === 'registry-1.docker.io')
        return { name, registry: 'docker.io', path: path.includes('/') ? path : `library/${path}` };
    return { name, registry: host.toLowerCase(), path };
}
/** `repository[:tag][@sha256:…]`. */
function parseReference(text) {
    const [beforeDigest = '', digest] = text.split('@', 2);
    if (digest !== undefined && !DIGEST.test(digest))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`Image "${text}" has a malformed digest.`, {
            hint: 'A digest is sha256: and 64 hexadecimal digits.'
        });
    const colon = beforeDigest.lastIndexOf(':');
    const hasTag = colon > beforeDigest.lastIndexOf('/');
    const repository = parseRepository(hasTag ? beforeDigest.slice(0, colon) : beforeDigest);
    return { repository, tag: hasTag ? checkTag(beforeDigest.slice(colon + 1)) : undefined, digest };
}
/** @throws GitOpsError for what cannot be a tag */
function checkTag(tag) {
    if (TAG.test(tag))
        return tag;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`Tag "${tag}" is not valid.`, {
        hint: /[:/@]/.test(tag)
            ? 'Give the tag alone, without the repository.'
            : 'Use up to 128 letters, digits and . _ -, not starting with . or -.'
    });
}
/** True for `sha256:` and 64 lower-case hexadecimal digits. */
function isDigest(text) {
    return DIGEST.test(text);
}
/** Where the registry's API answers: plain HTTP on loopback, as BuildKit and Docker do, HTTPS everywhere else. */
function apiOf(registry) {
    if (registry === 'docker.io')
        return new URL('https://registry-1.docker.io');
    return new URL(`${isLoopback(registry) ? 'http' : 'https'}://${registry}`);
}
/** `localhost`, 127.0.0.0/8 and [::1], with or without a port. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '');
    return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
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
