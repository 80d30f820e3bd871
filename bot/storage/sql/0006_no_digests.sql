-- The overviews of a chat are subscriptions of it; nothing was ever kept here.

ALTER TABLE chats DROP COLUMN digests;
