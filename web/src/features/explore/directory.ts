import { api } from '~/api/api';
import type { Account } from '~/api/types';
import { accountSourceOf, byOffset, keptSource, type Source } from '../entries/source';

export type DirectoryOrder = 'active' | 'new';

const PAGE = 40;

/** All who wish to be listed. */
export function directory(order: DirectoryOrder): Source<Account> {
    return keptSource(`directory: ${order}`, () =>
        accountSourceOf(
            ...byOffset(PAGE, (paging) =>
                api.get<Account[]>('/api/v1/directory', { order, local: true, ...paging }),
            ),
        ),
    );
}
