import { api } from '~/api/api';
import type { Account } from '~/api/types';
import { accountSourceOf, byOffset, keptSource, type Source } from '../entries/source';

const PAGE = 20;

/** Accounts that the same people follow: this server's own, see docs/api. */
export function similarTo(id: string): Source<Account> {
    return keptSource(`similar to ${id}`, () =>
        accountSourceOf(
            ...byOffset(PAGE, (paging) =>
                api.get<Account[]>(`/api/rookery/v1/accounts/${id}/similar`, paging),
            ),
        ),
    );
}
