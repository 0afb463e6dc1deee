export { type Availability, type CallOptions, type Nft, type NftOptions, nft } from './nft.ts';
export { NftError } from './nft-error.ts';
