const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From here on a date says more than a number of days. */
const DATE_FROM_MS = 7 * DAY_MS;

const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function unitFormat(language: string, unit: 'minute' | 'hour' | 'day'): Intl.NumberFormat {
    const key = `${language} ${unit}`;
    let format = formatters.get(key) as Intl.NumberFormat | undefined;
    if (format === undefined) {
        format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' });
        formatters.set(key, format);
    }
    return format;
}

function dateFormat(language: string, key: string, options: Intl.DateTimeFormatOptions) {
    const name = `${language} ${key}`;
    let format = formatters.get(name) as Intl.DateTimeFormat | undefined;
    if (format === undefined) {
        format = new Intl.DateTimeFormat(language, options);
        formatters.set(name, format);
    }
    return format;
}

/** `now`, `5m`, `3h`, `2d`, `12 Nov`, `12 Nov 2024`: short enough to stand beside a name. */
export function shortAge(
    momentMs: number,
    nowMs: number,
    language: string,
    justNow: string,
): string {
    const ageMs = nowMs - momentMs;
    if (ageMs < MINUTE_MS) {
        return justNow;
    }
    if (ageMs < HOUR_MS) {
        return unitFormat(language, 'minute').format(Math.floor(ageMs / MINUTE_MS));
    }
    if (ageMs < DAY_MS) {
        return unitFormat(language, 'hour').format(Math.floor(ageMs / HOUR_MS));
    }
    if (ageMs < DATE_FROM_MS) {
        return unitFormat(language, 'day').format(Math.floor(ageMs / DAY_MS));
    }
    const sameYear = new Date(momentMs).getFullYear() === new Date(nowMs).getFullYear();
    return sameYear
        ? dateFormat(language, 'day and month', { day: 'numeric', month: 'short' }).format(momentMs)
        : dateFormat(language, 'year', {
              day: 'numeric',
              month: 'short',
              year: 'numeric',
          }).format(momentMs);
}

/** The whole moment, for a title or a post that stands alone. */
export function fullMoment(momentMs: number, language: string): string {
    return dateFormat(language, 'full', { dateStyle: 'long', timeStyle: 'short' }).format(momentMs);
}
