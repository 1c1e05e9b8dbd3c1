import { wireName } from './names';

type Scalar = string | number | boolean;
export type ParamValue =
    | Scalar
    | Blob
    | null
    | undefined
    | readonly ParamValue[]
    | { readonly [name: string]: ParamValue };
/** Names as in the types (`inReplyToId`); null and undefined are left out. */
export type Params = { readonly [name: string]: ParamValue };

type Put = (name: string, value: string | Blob) => void;

function putValue(put: Put, name: string, value: ParamValue): void {
    if (value === null || value === undefined) {
        return;
    }
    if (value instanceof Blob) {
        put(name, value);
    } else if (Array.isArray(value)) {
        value.forEach((part: ParamValue) => putValue(put, `${name}[]`, part));
    } else if (typeof value === 'object') {
        for (const [part, inner] of Object.entries(value)) {
            putValue(put, `${name}[${wireName(part)}]`, inner);
        }
    } else {
        put(name, String(value));
    }
}

function putAll(put: Put, params: Params): void {
    for (const [name, value] of Object.entries(params)) {
        putValue(put, wireName(name), value);
    }
}

/** `?limit=20&id[]=1`, or nothing if there are no parameters. */
export function queryOf(params: Params): string {
    const query = new URLSearchParams();
    putAll((name, value) => query.append(name, String(value)), params);
    const text = query.toString();
    return text === '' ? '' : `?${text}`;
}

/** A form: multipart only if there are files in it. */
export function bodyOf(params: Params): URLSearchParams | FormData {
    const parts: [string, string | Blob][] = [];
    putAll((name, value) => parts.push([name, value]), params);
    if (parts.some(([, value]) => typeof value !== 'string')) {
        const form = new FormData();
        parts.forEach(([name, value]) => form.append(name, value));
        return form;
    }
    return new URLSearchParams(parts as [string, string][]);
}
