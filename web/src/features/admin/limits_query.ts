import type { Wanted } from './limited';
import type { Span } from './minutes';

/** What of the limits is shown; it stands in the address of the page. */
export interface LimitsQuery extends Wanted {
    span: Span;
}

export function limitsQueryOf(query: URLSearchParams): LimitsQuery {
    return {
        rule: query.get('rule') || null,
        text: query.get('q') ?? '',
        span: query.get('span') === 'day' ? 'day' : 'hour',
    };
}

export function limitsPath({ rule, text, span }: LimitsQuery): string {
    const query = new URLSearchParams();
    if (rule !== null) {
        query.set('rule', rule);
    }
    if (text.trim() !== '') {
        query.set('q', text.trim());
    }
    if (span === 'day') {
        query.set('span', span);
    }
    const words = query.toString();
    return words === '' ? '/admin/limits' : `/admin/limits?${words}`;
}
