export const id = 564;
export const ids = [564];
export const modules = {

/***/ 1564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseIgnoreRules: () => (/* binding */ parseIgnoreRules)
});

// EXTERNAL MODULE: ../node_modules/yaml/dist/index.js
var dist = __webpack_require__(6637);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
;// CONCATENATED MODULE: ./src/declaration/suggest.js
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
            ...(rules.examples ? { examples: [...rules.examples] } : {})
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
        schema: { type: 'boolean', description, default: fallback },
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
const manager = shape_text({
    description: 'A field manager; fields that it owns do not count. * and ? are wildcards.',
    examples: ['my-operator']
});
/** Which differences of which objects are nobody's fault. Argo CD's names of the keys are understood too. */
const ignoreRule = transformed(object({
    group: optional(shape_text({ description: 'API group of the objects. Default: any. * and ? are wildcards.', examples: ['apps'] })),
    kind: required(shape_text({ description: 'Kind of the objects; "*" for all.', examples: ['Deployment'] })),
    name: optional(shape_text({ description: 'Name of the objects. Default: any. * and ? are wildcards.' })),
    namespace: optional(shape_text({ description: 'Namespace of the objects. Default: any. * and ? are wildcards.' })),
    pointers: optional(list(pointer, { description: 'Fields that do not count.', minItems: 1, itemName: 'JSON pointers' })),
    managers: optional(list(manager, {
        description: 'Field managers whose fields do not count.',
        minItems: 1,
        itemName: 'field managers'
    })),
    jsonPointers: optional(list(pointer, { description: "Argo CD's name of pointers.", minItems: 1, itemName: 'JSON pointers' })),
    managedFieldsManagers: optional(list(manager, { description: "Argo CD's name of managers.", minItems: 1, itemName: 'field managers' }))
}, {
    description: 'Fields that may differ without being a change or drift.',
    reserved: {
        jqPathExpressions: 'jq expressions are not supported by this version of gitops-actions. Write "pointers", or "managers".'
    },
    schema: {
        anyOf: ['pointers', 'managers', 'jsonPointers', 'managedFieldsManagers'].map((key) => ({ required: [key] }))
    },
    check(keys, node, reader, path) {
        if (!['pointers', 'managers', 'jsonPointers', 'managedFieldsManagers', 'jqPathExpressions'].some((key) => keys.has(key)))
            reader.error(node, path, 'says of which objects, but not what to ignore: add "pointers" or "managers".');
    }
}), ({ pointers, jsonPointers, managers, managedFieldsManagers, group, kind, name, namespace }) => {
    const allPointers = [...(pointers ?? []), ...(jsonPointers ?? [])];
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
