import type { mastodon } from 'masto';

/** The entities of the API under the names that the app uses. Only types: nothing is bundled. */
export type Account = mastodon.v1.Account;
export type CredentialAccount = mastodon.v1.AccountCredentials;
export type Context = mastodon.v1.Context;
export type CustomEmoji = mastodon.v1.CustomEmoji;
export type FamiliarFollowers = mastodon.v1.FamiliarFollowers;
export type Instance = mastodon.v2.Instance;
export type List = mastodon.v1.List;
export type Notification = mastodon.v1.Notification;
export type Relationship = mastodon.v1.Relationship;
export type Search = mastodon.v2.Search;
export type Status = mastodon.v1.Status;
export type StatusEdit = mastodon.v1.StatusEdit;
export type StatusVisibility = mastodon.v1.StatusVisibility;
export type Suggestion = mastodon.v1.Suggestion;
export type Tag = mastodon.v1.Tag;
