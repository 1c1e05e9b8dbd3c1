import { matchRoute } from '~/router/router';
import { signOut } from '~/session/sign_in';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Icon, type IconName } from '~/ui/icon';
import { Page } from '~/ui/page';
import styles from './settings.module.css';

/** The way to all settings. */
export default function SettingsPage() {
    const t = texts().settings;
    const entries: { path: string; icon: IconName; name: string; text: string }[] = [
        {
            path: '/settings/profile',
            icon: 'person',
            name: t.profile.title,
            text: t.profile.summary,
        },
        { path: '/settings/privacy', icon: 'lock', name: t.privacy.title, text: t.privacy.summary },
        {
            path: '/settings/notifications',
            icon: 'bell',
            name: texts().notifications.policy,
            text: texts().notifications.policySummary,
        },
        {
            path: '/settings/filters',
            icon: 'eyeOff',
            name: t.filters.title,
            text: t.filters.summary,
        },
        {
            path: '/settings/follow-requests',
            icon: 'personAdd',
            name: texts().relations.requests,
            text: texts().relations.requestsSummary,
        },
        {
            path: '/settings/followed-tags',
            icon: 'list',
            name: texts().tags.followed,
            text: texts().tags.followedSummary,
        },
        {
            path: '/settings/mutes',
            icon: 'mute',
            name: texts().relations.mutes,
            text: texts().relations.mutesSummary,
        },
        {
            path: '/settings/blocks',
            icon: 'block',
            name: texts().relations.blocks,
            text: texts().relations.blocksSummary,
        },
        {
            path: '/settings/sessions',
            icon: 'shield',
            name: t.sessions.title,
            text: t.sessions.summary,
        },
        {
            path: '/settings/appearance',
            icon: 'sun',
            name: t.appearance.title,
            text: t.appearance.summary,
        },
    ];
    return (
        <Page title={t.title}>
            <nav aria-label={t.title}>
                {entries
                    .filter(({ path }) => matchRoute(path) !== null)
                    .map((entry) => (
                        <a key={entry.path} href={entry.path} class={styles.entry}>
                            <Icon name={entry.icon} />
                            <span>
                                <span class={styles.entryName}>{entry.name}</span>
                                <span class={styles.soft}>{entry.text}</span>
                            </span>
                            <Icon name="chevronRight" size={18} />
                        </a>
                    ))}
            </nav>
            <div class={styles.form}>
                <div class={styles.buttons}>
                    <Button kind="quiet" icon="signOut" onClick={() => void signOut()}>
                        {texts().session.signOut}
                    </Button>
                </div>
                <p class={styles.soft}>{t.password}</p>
            </div>
        </Page>
    );
}
