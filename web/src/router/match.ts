export type PathParams = Record<string, string>;

/**
 * Matches a path against a pattern of segments: `:name` takes one segment, `@:name` one that begins
 * with @, and a last `*` whatever is left. Returns the parts by name, or null.
 */
export function matchPath(pattern: string, path: string): PathParams | null {
    const wanted = pattern.split('/').filter((part) => part !== '');
    const given = path.split('/').filter((part) => part !== '');
    const params: PathParams = {};
    for (const [index, part] of wanted.entries()) {
        if (part === '*') {
            params.rest = given.slice(index).join('/');
            return params;
        }
        const value = given[index];
        const colon = part.indexOf(':');
        if (value === undefined) {
            return null;
        }
        if (colon === -1) {
            if (part !== value) {
                return null;
            }
            continue;
        }
        const prefix = part.slice(0, colon);
        if (!value.startsWith(prefix) || value.length === prefix.length) {
            return null;
        }
        try {
            params[part.slice(colon + 1)] = decodeURIComponent(value.slice(prefix.length));
        } catch {
            return null; // a stray percent sign names nothing
        }
    }
    return given.length === wanted.length ? params : null;
}

/** How particular a pattern is: the most particular one that matches wins. */
export function specificity(pattern: string): number {
    return pattern
        .split('/')
        .filter((part) => part !== '')
        .reduce((sum, part) => {
            const weight = part === '*' ? 0 : part.startsWith(':') ? 1 : part.includes(':') ? 2 : 3;
            return sum * 4 + weight;
        }, 0);
}
