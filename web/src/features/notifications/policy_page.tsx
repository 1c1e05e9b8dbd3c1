import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '~/api/failure';
import { texts } from '~/texts/texts';
import { ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SelectField } from '~/ui/field';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import styles from './notifications_page.module.css';
import {
    changePolicy,
    loadPolicy,
    type Handling,
    type NotificationPolicy,
    type PolicyName,
} from './policy';

const NAMES: PolicyName[] = [
    'forNotFollowing',
    'forNotFollowers',
    'forNewAccounts',
    'forPrivateMentions',
    'forLimitedAccounts',
];
const HANDLINGS: Handling[] = ['accept', 'filter', 'drop'];

/** From whom one wants to hear. Each choice is kept as soon as it is made. */
export default function PolicyPage() {
    const t = texts().notifications;
    const [policy, setPolicy] = useState<NotificationPolicy | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);

    async function load(): Promise<void> {
        setFailure(null);
        const answer = await loadPolicy();
        if (answer.ok) {
            setPolicy(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);

    async function change(name: PolicyName, handling: Handling): Promise<void> {
        const before = policy;
        setPolicy((now) => (now === null ? now : { ...now, [name]: handling }));
        const answer = await changePolicy(name, handling);
        if (answer.ok) {
            setPolicy(answer.value);
            say(t.policySaved);
        } else {
            setPolicy(before);
            sayFailure(answer.failure);
        }
    }

    return (
        <Page title={t.policy} hasBack>
            {policy === null && failure === null && <SkeletonCards count={4} />}
            {failure !== null && <FailureNote failure={failure} onRetry={() => void load()} />}
            {policy !== null && (
                <form class={styles.form} onSubmit={(event) => event.preventDefault()}>
                    <p class={styles.soft}>{t.policyText}</p>
                    {NAMES.map((name) => (
                        <SelectField
                            key={name}
                            label={t.policies[name].label}
                            hint={t.policies[name].hint}
                            value={policy[name]}
                            choices={HANDLINGS.map((value) => ({
                                value,
                                label: t.handlings[value],
                            }))}
                            onChoice={(handling) => void change(name, handling)}
                        />
                    ))}
                    <ButtonLink kind="quiet" href="/settings/notifications/held_back">
                        {t.seeRequests(policy.summary.pendingRequestsCount)}
                    </ButtonLink>
                </form>
            )}
        </Page>
    );
}
