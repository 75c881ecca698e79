using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>What Validate found.</summary>
/// <param name="Details">A <see cref="ValidationDetails"/> as JSON.</param>
/// <param name="Assignment">
/// The split's, with the rows that failed a check of severity error taken out of training and holdout; null
/// where the dataset is not split.
/// </param>
/// <param name="TakenOut">The checks that took rows out, and which.</param>
/// <param name="RowsTakenOut">How many rows that are, each counted once.</param>
/// <param name="Accepted">What later datasets are held against; null where no rule asks for it.</param>
public sealed record DataValidation(
    Artifact Details,
    int CheckCount,
    int WarningCount,
    int ErrorCount,
    Judgement Judgement,
    Artifact? Assignment = null,
    IReadOnlyList<TakenOut>? TakenOut = null,
    long RowsTakenOut = 0,
    AcceptedData? Accepted = null) : IJudged;

/// <summary>The rows that one check took out of training and holdout.</summary>
/// <param name="Check">The id of its outcome.</param>
/// <param name="Column">Null where it is about whole rows.</param>
/// <param name="Reason">What it asked.</param>
/// <param name="Rows">Their numbers in the dataset; see <see cref="Checks.RowNumbers"/>.</param>
public sealed record TakenOut(string Check, string? Column, string Reason, Artifact Rows);

/// <param name="Correlations">
/// The two numeric columns that go together most, and so on: at most
/// <see cref="Profiling.ProfileSummary.MaxCorrelations"/>; null where there are no two such columns.
/// </param>
/// <param name="CorrelatedColumns">How many columns were compared,
/// the first numeric ones of the schema.</param>
public sealed record ValidationDetails(
    IReadOnlyList<ColumnProfile> Profile,
    IReadOnlyList<CheckOutcome> Checks,
    IReadOnlyList<ColumnCorrelation>? Correlations = null,
    int CorrelatedColumns = 0);
