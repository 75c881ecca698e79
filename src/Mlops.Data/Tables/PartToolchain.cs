using Arm = System.Runtime.Intrinsics.Arm;
using X86 = System.Runtime.Intrinsics.X86;

namespace Mlops.Data.Tables;

/// <summary>
/// What the bytes of a part depend on besides its rows: the toolchain of whoever writes one.
/// </summary>
static class PartToolchain
{
    /// <summary>
    /// How we hand values to the library; counted up when the same rows become other bytes.
    /// </summary>
    const string Form = "parts 2";

    /// <summary>
    /// Snappier hashes by CRC-32C where the processor can, as every one of the last ten years does, and else
    /// otherwise: then it finds other repetitions and packs them into other bytes. Such a machine has keys of
    /// its own.
    /// </summary>
    public static string Words { get; } = Of(X86.Sse42.IsSupported || Arm.Crc32.IsSupported);

    static string Of(bool hashesByCrc) =>
        $"{PackageVersions.ParquetNet}, {Form}{(hashesByCrc ? "" : ", Snappy without CRC-32C")}";
}
