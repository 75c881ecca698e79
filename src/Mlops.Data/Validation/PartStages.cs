using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <param name="Parts">Consecutive parts of a table.</param>
public sealed record ProfilePartsInput(IReadOnlyList<TablePart> Parts);

/// <param name="Columns">What the checks look at; of checks of one column that column first.</param>
public sealed record CheckPartsInput(
    IReadOnlyList<TablePart> Parts, IReadOnlyList<string> Columns, IReadOnlyList<RowCheck> Checks);

/// <summary>One result per check, in their order; rows count within the parts.</summary>
public sealed record PartChecks(IReadOnlyList<RowCheckResult> Results);

public sealed record DigestPartsInput(
    IReadOnlyList<TablePart> Parts, IReadOnlyList<string> Columns, bool OnlyComplete);

/// <summary>
/// What Validate asks of parts, memoised: of each part alone, and of groups of them, whose answer is put
/// together out of those. A changed part is read again alone, and of the others only their groups'
/// answers are looked at.
/// </summary>
public static class PartStages
{
    /// <summary>
    /// A <see cref="PartProfile"/> of parts together; rows are read only of those that have none.
    /// </summary>
    public static Stage<ProfilePartsInput, Artifact> ProfileParts { get; } = new(
        "Validate.ProfileParts", 3, PackageVersions.ParquetNet,
        () => ValidationJson.Default.ProfilePartsInput, () => ValidationJson.Default.Artifact,
        async (context, input) =>
        {
            var profile = input.Parts is [var only]
                ? PartProfile.Of(await TableFile.Read(context.Locate(only.File), null, context.Cancellation))
                : await Merged(context, input.Parts.Select(part => new ProfilePartsInput([part])));
            return await Store(context, profile);
        });

    /// <summary>Row checks of some columns, so that a changed rule reads those columns alone.</summary>
    public static Stage<CheckPartsInput, PartChecks> CheckParts { get; } = new(
        "Validate.CheckParts", 4, PackageVersions.ParquetNet,
        () => ValidationJson.Default.CheckPartsInput, () => ValidationJson.Default.PartChecks,
        async (context, input) =>
        {
            if (input.Parts is not [var only])
                return await CheckEach(context, input);
            var table = await TableFile.Read(context.Locate(only.File), input.Columns, context.Cancellation);
            var results = new List<RowCheckResult>();
            foreach (var check in input.Checks)
                results.Add(await RowChecking.Run(
                    table, check, check.Known is null ? null : KnownValues.Read(context, check.Known))
                        .Store(context));
            return new PartChecks(results);
        });

    /// <summary>Sixteen bytes per row that stand for its values in some columns.</summary>
    public static Stage<DigestPartsInput, Artifact> DigestParts { get; } = new(
        "Validate.DigestParts", 1, PackageVersions.ParquetNet,
        () => ValidationJson.Default.DigestPartsInput, () => ValidationJson.Default.Artifact,
        async (context, input) =>
        {
            var digests = input.Parts is [var only]
                ? RowDigests.Of(
                    await TableFile.Read(context.Locate(only.File), input.Columns, context.Cancellation),
                    input.OnlyComplete)
                : (await Digests(context, input.Parts.Select(part => input with { Parts = [part] })))
                    .SelectMany(part => part);
            return await context.Write(
                MediaTypes.Bytes, stream => RowDigests.Write(stream, [.. digests], context.Cancellation));
        });

    /// <summary>The profiles of some groups merged, in their order.</summary>
    public static async Task<PartProfile> Merged(StageContext context, IEnumerable<ProfilePartsInput> groups)
    {
        var asked = groups.ToList();
        var unknown = asked.Where(group => Known(group) is null).ToList();
        var made = new Queue<Artifact>(await context.CallAll(ProfileParts, unknown));
        PartProfile? merged = null;
        foreach (var group in asked)
        {
            var profile = Load(context, Known(group) ?? made.Dequeue());
            merged = merged is null ? profile : merged.Merge(profile);
        }
        return merged!;

        static Artifact? Known(ProfilePartsInput group) => group.Parts is [var only] ? only.Profile : null;
    }

    public static PartProfile Load(StageContext context, Artifact profile) =>
        ProfileFile.Read(File.ReadAllBytes(context.Locate(profile)));

    public static Task<Artifact> Store(StageContext context, PartProfile profile) => context.Write(
        MediaTypes.Profile,
        stream => stream.WriteAsync(ProfileFile.Write(profile), context.Cancellation).AsTask());

    /// <summary>The rows' digests of some groups, in their order.</summary>
    public static async Task<IReadOnlyList<UInt128[]>> Digests(
        StageContext context, IEnumerable<DigestPartsInput> groups)
    {
        var digests = new List<UInt128[]>();
        foreach (var artifact in await context.CallAll(DigestParts, groups))
            digests.Add(RowDigests.Read(File.ReadAllBytes(context.Locate(artifact))));
        return digests;
    }

    static async Task<PartChecks> CheckEach(StageContext context, CheckPartsInput input)
    {
        var parts = await context.CallAll(
            CheckParts, input.Parts.Select(part => input with { Parts = [part] }));
        var results = new List<RowCheckResult>();
        for (var check = 0; check < input.Checks.Count; check++)
        {
            var tally = new RowTally();
            foreach (var (part, found) in input.Parts.Zip(parts))
                tally.Append(found.Results[check], part.RowCount);
            results.Add(await tally.Store(context));
        }
        return new PartChecks(results);
    }
}
