import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isArriving, visit, type Visit } from '~/router/router';
import { Outlet } from '~/router/outlet';
import { hasExpired, sessionToken } from '~/session/session';
import { signIn } from '~/session/sign_in';
import { showShortcuts, useShortcuts } from '~/shortcuts/shortcuts';
import { usePostShortcuts } from '~/post/post_shortcuts';
import { startPost } from '~/post/reply';
import { texts } from '~/texts/texts';
import { Button, ButtonLink } from '~/ui/button';
import { classes } from '~/ui/classes';
import { DialogHost } from '~/ui/dialogs';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import { ToastHost } from '~/ui/toast';
import { Aside } from './aside';
import { features } from './feature';
import { BottomBar, Sidebar } from './sidebar';
import styles from './shell.module.css';

const isOnline = signal(navigator.onLine);
addEventListener('online', () => (isOnline.value = true));
addEventListener('offline', () => (isOnline.value = false));

/** Everything around the pages: navigation, banners, dialogs, toasts, keys. */
export function Shell() {
    const t = texts();
    const shown = visit.value;
    useShortcuts([
        ...features.flatMap((feature) => feature.shortcuts?.() ?? []),
        {
            key: 'n',
            group: 'everywhere',
            label: t.shortcuts.newPost,
            run: () => startPost(),
        },
        { key: '?', group: 'everywhere', label: t.shortcuts.help, run: showShortcuts },
    ]);
    usePostShortcuts();
    return (
        <>
            <a class={styles.skip} href="#main">
                {t.app.skipToContent}
            </a>
            {isArriving.value && <div class={styles.progress} />}
            <div class={classes(styles.shell, shown?.route?.isWide === true && styles.wide)}>
                <Sidebar path={shown?.path ?? ''} />
                <main id="main" class={styles.main} tabIndex={-1}>
                    <Banners />
                    <FeatureBanners />
                    {shown === null ? <SkeletonCards /> : <Content shown={shown} />}
                </main>
                {shown?.route?.isWide !== true && (
                    <aside class={styles.aside}>
                        <Aside />
                    </aside>
                )}
            </div>
            <BottomBar path={shown?.path ?? ''} />
            <DialogHost />
            <ToastHost />
        </>
    );
}

function Content({ shown }: { shown: Visit }) {
    const t = texts();
    const needsSignIn = shown.route?.needsSession === true && sessionToken.value === null;
    useEffect(() => {
        if (shown.route === null) {
            document.title = t.failure.pageMissingTitle;
        } else if (needsSignIn) {
            document.title = t.session.needTitle;
        }
    }, [shown, needsSignIn]);
    if (shown.loadFailed) {
        return (
            <Note
                icon="cloudOff"
                title={t.failure.pageLoadTitle}
                text={t.failure.pageLoad}
                isAlert
                isWhole
            >
                <Button onClick={() => location.reload()}>{t.app.reload}</Button>
            </Note>
        );
    }
    if (needsSignIn) {
        return (
            <Note icon="lock" title={t.session.needTitle} text={t.session.need} isWhole>
                <Button onClick={() => void signIn()}>{t.session.signIn}</Button>
            </Note>
        );
    }
    if (shown.route === null) {
        return (
            <Note
                icon="search"
                title={t.failure.pageMissingTitle}
                text={t.failure.pageMissing}
                isWhole
            >
                <ButtonLink href="/" kind="quiet">
                    {t.failure.goHome}
                </ButtonLink>
            </Note>
        );
    }
    return <Outlet shown={shown} />;
}

function FeatureBanners() {
    return (
        <>
            {features.map(({ Banner }, index) =>
                Banner === undefined ? null : <Banner key={index} class={styles.banner} />,
            )}
        </>
    );
}

function Banners() {
    const t = texts();
    if (hasExpired.value) {
        return (
            <div class={styles.banner} role="alert">
                <span>{t.session.expired}</span>
                <Button small onClick={() => void signIn()}>
                    {t.session.signIn}
                </Button>
            </div>
        );
    }
    if (!isOnline.value) {
        return (
            <div class={styles.banner} role="status">
                <span>{t.failure.offlineBanner}</span>
            </div>
        );
    }
    return null;
}
