using Mlops.Data.Splitting;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>split</c>.</summary>
static class SplitSection
{
    public const int DefaultSeed = 1;

    const double DefaultHoldoutShare = 0.2;

    static readonly Shape<SplitMethod> Method = Scalars.OneOf(
        ("random", SplitMethod.Random),
        ("stratified", SplitMethod.Stratified),
        ("group", SplitMethod.Group),
        ("time", SplitMethod.Time),
        ("interleaved", SplitMethod.Interleaved));

    static readonly Shape<string> Moment = Scalars.Matching(
        "a date such as 2026-04-01, a timestamp such as 2026-04-01T12:00:00, or a number",
        text => PointInTime.Parse(text) is not null || Scalars.ParseReal(text) is not null);

    public static SectionShape<SplitSpecification> Shape { get; } = new(fields =>
    {
        var method = fields.Optional("method", Method, SplitMethod.Random, "How rows are told apart");
        var share = fields.MaybeValue("holdout-share", Scalars.Real(0, 1, open: true),
            FormattableString.Invariant(
                $"Share of rows to hold out; by time, of the newest. {DefaultHoldoutShare} ")
            + "unless 'at' is given");
        var column = fields.Maybe("column", Names.Column,
            "group: the column whose values stay together. time: the time column, data.time when left out. "
            + "stratified: the column whose values keep their shares, the label when left out");
        var at = fields.Maybe("at", Moment, "time: rows at or after this are held out, instead of a share");
        var seed = fields.Optional("seed", Scalars.Whole(0), DefaultSeed, "Start of the random numbers");
        return new SplitSpecification(
            method, share ?? (at is null ? DefaultHoldoutShare : null), column, at, seed);
    });

    /// <summary>The method as it is written.</summary>
    public static string Name(SplitMethod method) => Method.Write(method)!.ToString();

    /// <summary>With the columns that other sections name filled in.</summary>
    public static SplitSpecification Resolve(
        SplitSpecification split, string? time, string label) => split with
        {
            Column = split.Column ?? split.Method switch
            {
                SplitMethod.Time => time,
                SplitMethod.Stratified => label,
                _ => null,
            },
        };
}
