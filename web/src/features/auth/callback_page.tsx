import { useEffect, useState } from 'preact/hooks';
import { navigate, type PageProps } from '~/router/router';
import { finishSignIn, signIn, type SignInProblem } from '~/session/sign_in';
import { texts } from '~/texts/texts';
import { Button, ButtonLink } from '~/ui/button';
import { wordsFor } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';

/** Where the server sends people back to after they signed in there. */
export default function CallbackPage({ query }: PageProps) {
    const t = texts();
    const [problem, setProblem] = useState<SignInProblem | null>(null);
    useEffect(() => {
        void finishSignIn(query).then((result) => {
            if ('problem' in result) {
                setProblem(result.problem);
            } else {
                navigate(result.returnTo, { replace: true });
            }
        });
    }, []);
    if (problem === null) {
        return (
            <Page title={t.session.signingIn}>
                <SkeletonCards />
            </Page>
        );
    }
    const text =
        problem === 'refused' || problem === 'stale'
            ? t.session[problem]
            : wordsFor(problem, t.failure).text;
    return (
        <Page title={t.session.failedTitle}>
            <Note icon="alert" title={t.session.failedTitle} text={text} isAlert>
                <Button onClick={() => void signIn()}>{t.session.startAgain}</Button>
                <ButtonLink kind="quiet" href="/">
                    {t.failure.goHome}
                </ButtonLink>
            </Note>
        </Page>
    );
}
