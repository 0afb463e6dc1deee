import type { models as model } from 'oci-core';
import { expectTypeOf, test } from 'vitest';
import type * as wire from './wire.ts';

/** As JSON has it: dates are texts, enumerations are their values. */
type Json<T> = T extends Date
  ? string
  : T extends string
    ? string
    : T extends (infer Item)[]
      ? Json<Item>[]
      : T extends object
        ? { [K in keyof T]: Json<T[K]> }
        : T;

type IsOptional<T, K extends keyof T> = Partial<Pick<T, K>> extends Pick<T, K> ? true : false;

/** The fields of ours that the SDK's model does not have, has of another type, or has optional where ours is not. */
type Differing<Ours, Model> = {
  [K in keyof Ours]-?: K extends keyof Model
    ? Json<NonNullable<Model[K]>> extends NonNullable<Ours[K]>
      ? IsOptional<Model, K> extends true
        ? IsOptional<Ours, K> extends true
          ? never
          : K
        : never
      : K
    : K;
}[keyof Ours];

test('what is sent and taken is what the official models say', () => {
  expectTypeOf<Differing<wire.WireVnic, model.Vnic>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireVnicAttachment, model.VnicAttachment>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WirePrivateIp, model.PrivateIp>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireIpv6, model.Ipv6>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireSubnet, model.Subnet>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireVcn, model.Vcn>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireInstance, model.Instance>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<wire.WireShape, model.Shape>>().toEqualTypeOf<never>();
  expectTypeOf<
    Differing<wire.WireNsgVnic, model.NetworkSecurityGroupVnic>
  >().toEqualTypeOf<never>();
  type Utilization = model.IpInventoryCidrUtilizationSummary;
  expectTypeOf<Differing<wire.WireCidrUtilization, Utilization>>().toEqualTypeOf<never>();
});

test('what is asked for are details that the official models know', () => {
  expectTypeOf<wire.WireAttachVnicDetails>().toExtend<Json<model.AttachVnicDetails>>();
  expectTypeOf<wire.WireCreatePrivateIpDetails>().toExtend<Json<model.CreatePrivateIpDetails>>();
  expectTypeOf<keyof wire.WireCreatePrivateIpDetails>().toExtend<
    keyof model.CreatePrivateIpDetails
  >();
  expectTypeOf<keyof wire.WireCreateIpv6Details>().toExtend<keyof model.CreateIpv6Details>();
  expectTypeOf<keyof wire.WireCreateVnicDetails>().toExtend<keyof model.CreateVnicDetails>();
  expectTypeOf<keyof wire.WireUpdateVnicDetails>().toExtend<keyof model.UpdateVnicDetails>();
  expectTypeOf<keyof wire.WirePrivateIpItem>().toExtend<keyof model.BulkCreatePrivateIpItem>();
  expectTypeOf<keyof wire.WireIpv6Item>().toExtend<keyof model.BulkCreateIpv6sItem>();
  expectTypeOf<keyof wire.WireUpdateAddressDetails>().toExtend<keyof model.UpdateIpv6Details>();
});
