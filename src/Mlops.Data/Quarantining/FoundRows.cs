using Mlops.Data.Ingestion;

namespace Mlops.Data.Quarantining;

/// <summary>Puts rows that were found where they belong, and counts them.</summary>
sealed class FoundRows(QuarantineInput input, SetAsideFiles files)
{
    readonly List<RowPlace> places = [];

    public Redaction Redaction { get; } = new(input.Redact);

    public long Unparsed { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Of those that are shown as samples.</summary>
    public IReadOnlyList<RowPlace> Places => places;

    /// <param name="asked">What it is asked for; null where it did not parse.</param>
    public async Task See(RowsOrigin origin, RawRow row, AskedRow? asked, QuarantineCsv csv)
    {
        var name = origin.Source.File.Name;
        var kind = SourceKind.Of(input.Format, name);
        if (asked is { IsShown: true })
            places.Add(new RowPlace(asked.Row, name, row.Line, SourceKind.HasLines(kind)));
        var isSetAside = asked is null ? input.Whole is null : asked.Failed.Count > 0;
        if (!Redaction.Hides)
            await files.See(origin, row, isSetAside);
        if (!isSetAside)
            return;
        csv.Begin(name, kind, origin.Header);
        if (asked is null)
        {
            Unparsed++;
            csv.Unparsed(row);
        }
        else
        {
            Failed++;
            csv.Failed(row, asked.Failed);
        }
    }
}
