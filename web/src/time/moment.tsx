import { signal } from '@preact/signals';
import { language, texts } from '~/texts/texts';
import { fullMoment, shortAge } from './relative';

const TICK_MS = 20_000;

/** One clock for all ages on the page. */
const now = signal(Date.now());
setInterval(() => {
    if (!document.hidden) {
        now.value = Date.now();
    }
}, TICK_MS);
document.addEventListener('visibilitychange', () => {
    now.value = Date.now();
});

interface Props {
    /** ISO 8601, as the API tells it. */
    at: string;
    /** The whole date and time instead of the age. */
    full?: boolean;
}

export function Moment({ at, full = false }: Props) {
    const momentMs = Date.parse(at);
    const whole = fullMoment(momentMs, language.value);
    return (
        <time dateTime={at} title={whole}>
            {full ? whole : shortAge(momentMs, now.value, language.value, texts().time.justNow)}
        </time>
    );
}
