using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <param name="File">A part of the table.</param>
public sealed record ProfilePartInput(Artifact File);

public sealed record CheckPartInput(Artifact File, string Column, IReadOnlyList<RowCheck> Checks);

/// <summary>One result per check, in their order; rows count within the part.</summary>
public sealed record PartChecks(IReadOnlyList<RowCheckResult> Results);

public sealed record DigestPartInput(Artifact File, IReadOnlyList<string> Columns, bool OnlyComplete);

/// <summary>What Validate asks of each part, memoised: a changed part alone is read again.</summary>
public static class PartStages
{
    /// <summary>A <see cref="PartProfile"/> as JSON.</summary>
    public static Stage<ProfilePartInput, Artifact> ProfilePart { get; } = new(
        "Validate.ProfilePart", 1, PackageVersions.ParquetNet,
        ValidationJson.Default.ProfilePartInput, ValidationJson.Default.Artifact,
        async (context, input) =>
        {
            var table = await TableFile.Read(context.Locate(input.File), null, context.Cancellation);
            var profile = PartProfile.Of(table);
            return await context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
                stream, profile, ValidationJson.Default.PartProfile, context.Cancellation));
        });

    /// <summary>Row checks of one column, so that a changed rule reads that column alone.</summary>
    public static Stage<CheckPartInput, PartChecks> CheckPart { get; } = new(
        "Validate.CheckPart", 1, PackageVersions.ParquetNet,
        ValidationJson.Default.CheckPartInput, ValidationJson.Default.PartChecks,
        async (context, input) =>
        {
            var table = await TableFile.Read(context.Locate(input.File), [input.Column], context.Cancellation);
            return new PartChecks([.. input.Checks.Select(check => RowChecking.Run(table[0], check))]);
        });

    /// <summary>Sixteen bytes per row that stand for its values in some columns.</summary>
    public static Stage<DigestPartInput, Artifact> DigestPart { get; } = new(
        "Validate.DigestPart", 1, PackageVersions.ParquetNet,
        ValidationJson.Default.DigestPartInput, ValidationJson.Default.Artifact,
        async (context, input) =>
        {
            var table = await TableFile.Read(context.Locate(input.File), input.Columns, context.Cancellation);
            var digests = RowDigests.Of(table, input.OnlyComplete);
            return await context.Write(
                MediaTypes.Bytes, stream => RowDigests.Write(stream, digests, context.Cancellation));
        });
}
