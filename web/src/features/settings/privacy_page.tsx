import { useState } from 'preact/hooks';
import type { Params } from '~/api/params';
import type { CredentialAccount } from '~/api/types';
import { texts } from '~/texts/texts';
import { FailureNote } from '~/ui/failure_note';
import { RadioField, SwitchField } from '~/ui/field';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { changeOwnAccount, useOwnAccount } from './own_account';
import styles from './settings.module.css';

export default function PrivacyPage() {
    const t = texts().settings.privacy;
    const { account, failure, reload } = useOwnAccount();
    return (
        <Page title={t.title} hasBack>
            {account !== null && <PrivacyForm account={account} />}
            {account === null && failure === null && <SkeletonCards count={4} />}
            {failure !== null && <FailureNote failure={failure} onRetry={reload} />}
        </Page>
    );
}

type Visibility = 'public' | 'unlisted' | 'private';
const VISIBILITIES: Visibility[] = ['public', 'unlisted', 'private'];

interface Privacy {
    locked: boolean;
    discoverable: boolean;
    indexable: boolean;
    hideCollections: boolean;
    sensitive: boolean;
    visibility: Visibility;
}

function privacyOf(account: CredentialAccount): Privacy {
    return {
        locked: account.locked === true,
        discoverable: account.discoverable === true,
        indexable: account.source.indexable === true,
        hideCollections: account.source.hideCollections === true,
        sensitive: account.source.sensitive === true,
        visibility: VISIBILITIES.find((one) => one === account.source.privacy) ?? 'public',
    };
}

/** Each choice is kept as soon as it is made, and taken back if the server does not agree. */
function PrivacyForm({ account }: { account: CredentialAccount }) {
    const t = texts().settings.privacy;
    const [privacy, setPrivacy] = useState(() => privacyOf(account));

    async function change(part: Partial<Privacy>, params: Params): Promise<void> {
        const before = privacy;
        setPrivacy((now) => ({ ...now, ...part }));
        const answer = await changeOwnAccount(params);
        if (answer.ok) {
            setPrivacy(privacyOf(answer.value));
            say(texts().settings.saved);
        } else {
            setPrivacy(before);
            sayFailure(answer.failure);
        }
    }

    return (
        <form class={styles.form} onSubmit={(event) => event.preventDefault()}>
            <section class={styles.section}>
                <SwitchField
                    label={t.locked}
                    hint={t.lockedHint}
                    checked={privacy.locked}
                    onToggle={(locked) => void change({ locked }, { locked })}
                />
                <SwitchField
                    label={t.hideFollows}
                    hint={t.hideFollowsHint}
                    checked={privacy.hideCollections}
                    onToggle={(hideCollections) =>
                        void change({ hideCollections }, { hideCollections })
                    }
                />
            </section>
            <section class={styles.section}>
                <SwitchField
                    label={t.discoverable}
                    hint={t.discoverableHint}
                    checked={privacy.discoverable}
                    onToggle={(discoverable) => void change({ discoverable }, { discoverable })}
                />
                <SwitchField
                    label={t.indexable}
                    hint={t.indexableHint}
                    checked={privacy.indexable}
                    onToggle={(indexable) => void change({ indexable }, { indexable })}
                />
            </section>
            <section class={styles.section}>
                <RadioField
                    legend={t.visibility}
                    hint={t.visibilityHint}
                    value={privacy.visibility}
                    choices={VISIBILITIES.map((value) => ({
                        value,
                        label: texts().post.visibility[value],
                    }))}
                    onChoice={(visibility) =>
                        void change({ visibility }, { source: { privacy: visibility } })
                    }
                />
                <SwitchField
                    label={t.sensitive}
                    hint={t.sensitiveHint}
                    checked={privacy.sensitive}
                    onToggle={(sensitive) => void change({ sensitive }, { source: { sensitive } })}
                />
            </section>
        </form>
    );
}
