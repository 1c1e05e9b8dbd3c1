import { useEffect, useState } from 'preact/hooks';
import { mayPass, type Failure } from '~/api/failure';
import type { Texts } from '~/texts/en';
import { texts } from '~/texts/texts';
import { signIn } from '~/session/sign_in';
import { Button } from './button';
import type { IconName } from './icon';
import { Note } from './note';

interface Words {
    icon: IconName;
    title: string;
    text: string;
}

/** What to say about a failure: in a note, beside a form, or in a toast. */
export function wordsFor(failure: Failure, t: Texts['failure'], nowMs = Date.now()): Words {
    switch (failure.kind) {
        case 'offline':
        case 'aborted':
            return { icon: 'cloudOff', title: t.offlineTitle, text: t.offline };
        case 'expired':
            return { icon: 'lock', title: t.expiredTitle, text: t.expired };
        case 'forbidden':
            return { icon: 'lock', title: t.forbiddenTitle, text: failure.message || t.forbidden };
        case 'absent':
            return { icon: 'search', title: t.absentTitle, text: t.absent };
        case 'invalid':
            return { icon: 'alert', title: t.invalidTitle, text: failure.message || t.invalid };
        case 'throttled': {
            const seconds = Math.max(1, Math.ceil((failure.retryAtMs - nowMs) / 1000));
            return { icon: 'quiet', title: t.throttledTitle, text: t.throttled(seconds) };
        }
        case 'busy':
            return { icon: 'quiet', title: t.busyTitle, text: t.busy };
        case 'broken':
            return { icon: 'alert', title: t.brokenTitle, text: t.broken(failure.status) };
    }
}

interface Props {
    failure: Failure;
    onRetry: () => void;
}

/** The designed state of every failure, with what one can do; what may pass is tried by itself. */
export function FailureNote({ failure, onRetry }: Props) {
    const [nowMs, setNowMs] = useState(Date.now());
    const retryAtMs = 'retryAtMs' in failure ? failure.retryAtMs : null;
    useEffect(() => {
        if (retryAtMs === null) {
            return undefined;
        }
        const timer = setInterval(() => {
            setNowMs(Date.now());
            if (Date.now() >= retryAtMs) {
                clearInterval(timer);
                onRetry();
            }
        }, 1_000);
        return () => clearInterval(timer);
    }, [retryAtMs]);
    useEffect(() => {
        if (failure.kind !== 'offline') {
            return undefined;
        }
        addEventListener('online', onRetry);
        return () => removeEventListener('online', onRetry);
    }, [failure.kind]);

    const words = wordsFor(failure, texts().failure, nowMs);
    return (
        <Note icon={words.icon} title={words.title} text={words.text} isAlert>
            {failure.kind === 'expired' && (
                <Button onClick={() => void signIn()}>{texts().session.signIn}</Button>
            )}
            {mayPass(failure) && (
                <Button kind="quiet" onClick={onRetry}>
                    {texts().app.retry}
                </Button>
            )}
        </Note>
    );
}
