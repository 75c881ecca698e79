using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>A dataset, its rules, and what they compare it with.</summary>
/// <param name="Assignment">What the split made of each row; null where there is no split.</param>
/// <param name="Learning">What is learnt from what; null where nobody says.</param>
/// <param name="Now">The moment that "not in the future" and "fresh" mean, ISO 8601;
/// null where the run was given none.</param>
/// <param name="Previous">The dataset accepted last; null where there is none,
/// or no rule asks for it.</param>
/// <param name="References">What references of columns lead to, in the order of the rules
/// that have one.</param>
/// <param name="Custom">The custom checks that the rules name, with the digest of their code.</param>
/// <param name="Sources">How many rows of the table each source gave, in order;
/// null where no rule asks for it.</param>
public sealed record ValidateInput(
    TableParts Table,
    Artifact? Assignment,
    ValidationRules Rules,
    LearningColumns? Learning = null,
    string? Now = null,
    AcceptedData? Previous = null,
    IReadOnlyList<ReferenceData>? References = null,
    IReadOnlyList<CustomCheckIdentity>? Custom = null,
    IReadOnlyList<SourceCount>? Sources = null);

/// <param name="IsClass">Whether the label is one of some classes, not a number.</param>
/// <param name="Features">Columns to learn from; null for all but those excluded and the label.</param>
/// <param name="Time">The column that says when a row happened.</param>
public sealed record LearningColumns(
    string Label, bool IsClass, IReadOnlyList<string>? Features,
    IReadOnlyList<string> Exclude, string? Time = null);

/// <summary>What is kept of a dataset that was accepted, for later ones to be held against.</summary>
/// <param name="Profile">A <see cref="Profiling.PartProfile"/> as bytes; see
/// <see cref="Profiling.ProfileFile"/>.</param>
/// <param name="Sample">Some of its rows as Parquet, where distributions are compared;
/// see <see cref="SampleStage"/>.</param>
public sealed record AcceptedData(long Rows, Artifact Profile, Artifact? Sample = null);

/// <summary>Where a rule's reference leads: exactly one of dataset and file is given.</summary>
/// <param name="Column">The column there whose values count.</param>
/// <param name="Table">The other pipeline's dataset.</param>
/// <param name="File">A delimited text file.</param>
/// <param name="Format">How the file is written; see <see cref="ReferenceRule"/>.</param>
public sealed record ReferenceData(
    string Column, TableParts? Table, SourceFile? File, TextFormat? Format = null);

/// <summary>
/// A custom check by name, and the digest of the code behind it, so that editing it checks again.
/// </summary>
public sealed record CustomCheckIdentity(string Name, Digest Code);

public sealed record SourceCount(string Name, long Rows);
