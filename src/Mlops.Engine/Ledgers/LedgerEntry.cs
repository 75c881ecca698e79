using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Mlops.Engine;

/// <summary>One line of the ledger.</summary>
/// <param name="Format">Version of the line's form.</param>
/// <param name="Number">From 1; the entry is leaf <c>Number - 1</c> of the tree.</param>
/// <param name="Before">The peaks of the tree over all entries before this one, largest first.</param>
public sealed record LedgerEntry(
    string Format, long Number, DateTimeOffset At, IReadOnlyList<Digest> Before, LedgerMatter What);

/// <summary>What an entry is about.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Run), "run")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Approval), "approval")]
public abstract record LedgerMatter
{
    /// <summary>A run that executed something.</summary>
    /// <param name="Command">What the person typed, secrets masked.</param>
    /// <param name="Pipelines">By name; the empty name is that of what stands over all of them.</param>
    public sealed record Run(
        string Command,
        IReadOnlyList<ExecutedStep> Executed,
        LedgerSum Total,
        IReadOnlyDictionary<string, LedgerSum> Pipelines) : LedgerMatter;

    /// <summary>A run made a package that was accepted.</summary>
    /// <param name="Key">Of the step that made it.</param>
    public sealed record Release(
        string Step, Digest Key, Digest Package, long LengthBytes,
        string FileName, string Version) : LedgerMatter;

    /// <summary>Somebody said yes to exactly these bytes. A name that was typed, not a signature.</summary>
    public sealed record Approval(
        string Step, Digest Package, string FileName, string Version,
        string By, string? Note = null) : LedgerMatter;
}

/// <param name="Findings">
/// How many findings its value has; what they say may quote the data, which an append-only file must not.
/// </param>
/// <param name="RunSeconds">How long it ran in this run.</param>
public sealed record ExecutedStep(
    string Step,
    Digest Key,
    Digest Output,
    IReadOnlyList<string> Reasons,
    bool Rejected,
    double RunSeconds,
    double CpuSeconds,
    int Findings);

/// <summary>What steps took, and what reuse saved; money and energy where prices were given.</summary>
public sealed record LedgerSum(
    int Executed,
    int Reused,
    int Rejected,
    int Stopped,
    double RunSeconds,
    double CpuSeconds,
    double SavedRunSeconds,
    double SavedCpuSeconds,
    LedgerCost? Cost = null,
    LedgerCost? Saved = null);

public sealed record LedgerCost(double Money, string Currency, double WattHours);

/// <summary>
/// The state of a ledger in one line: who keeps it elsewhere can have it proved later that nothing was
/// changed or taken back since.
/// </summary>
/// <param name="Size">How many entries.</param>
/// <param name="Root">Of the tree over them.</param>
public sealed record LedgerHead(long Size, Digest Root)
{
    /// <summary>Size and root with a colon between them, to be copied as one word.</summary>
    public override string ToString() => FormattableString.Invariant($"{Size}:{Root}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out LedgerHead? head)
    {
        head = text?.Split(':') is [var size, var root]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && Digest.TryParse(root, out var digest) ? new LedgerHead(number, digest) : null;
        return head is not null;
    }
}

/// <summary>How lines of the ledger are written. Reading takes nothing that lacks a field.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LedgerEntry))]
sealed partial class LedgerJson : JsonSerializerContext;
