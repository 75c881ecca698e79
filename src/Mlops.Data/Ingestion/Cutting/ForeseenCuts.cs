using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Large raw files are cut while their digests are taken.</summary>
public static class ForeseenCuts
{
    /// <summary>What Ingest will ask of a raw file; null where it will not cut it.</summary>
    /// <param name="format">Of all files together.</param>
    public static ForeseenCall? Of(TextFormat format, string name, long lengthBytes) =>
        Of(format, name, lengthBytes, CutSource.MinBytes, CutSource.MaxBytes);

    internal static ForeseenCall? Of(
        TextFormat format, string name, long lengthBytes, long minBytes, long maxBytes) =>
        !SourceUnits.IsCut(format, name, lengthBytes, maxBytes)
            ? null
            : ForeseenCall.Of(
                CutSource.Stage,
                (digest, length) => CutInput.Of(
                    format, new SourceFile(name, digest, length), minBytes, maxBytes),
                CutSource.Run);
}
