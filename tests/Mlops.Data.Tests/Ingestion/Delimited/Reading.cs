using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>What delimited bytes are read with.</summary>
sealed record Reading(TextFormat Format, IReadOnlyList<ColumnDeclaration> Columns)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Row groups end after few rows, so that where they end is held too.</summary>
    const int RowGroupBytes = 300;

    /// <summary>
    /// The rows, the quarantine and the types, in words, and the digest of the rows' Parquet: read in blocks
    /// wherever that can be.
    /// </summary>
    public Task<string> InBlocks(byte[] bytes, int windowBytes, int recordsBytes) => Told(async told =>
    {
        var (parser, quarantine, types) = Start(told);
        var groups = new List<Table>();
        await using var records = await SourceRecords.Open(
            new MemoryStream(bytes), bytes.Length, Format, null,
            new CellNames(Names), Cancellation, windowBytes, recordsBytes);
        if (records.Header.Names.Count != Columns.Count)
            return;
        for (Found found; (found = await records.Next(Cancellation)) != Found.End;)
        {
            if (found == Found.Record)
            {
                Add(records.Record, records.RawBytes, parser, quarantine, types, groups);
                continue;
            }
            var block = records.Block;
            See(block, types);
            var unfit = new UnfitRows(block, records.BlockLine, Columns.Count);
            var row = 0;
            do
            {
                row = parser.Add(block, row, most: 3);
                unfit.MoveTo(quarantine, parser.Faults, row);
                if (parser.IsFull)
                    groups.Add(Copied(parser.Lend()));
            }
            while (row < block.Rows);
        }
        await End(told, parser, quarantine, types, groups);
    });

    /// <summary>A table that was lent, before the parser writes over it.</summary>
    static Table Copied(Table lent) =>
        new(lent.Schema, [.. lent.Schema.Columns.Select((_, i) => Copied(lent[i]))]);

    static ColumnValues Copied(ColumnValues lent) => lent switch
    {
        TextValues text => new TextValues(text.Codes.ToArray(), [.. text.Levels], text.Type),
        RealValues real => new RealValues(real.Values.ToArray(), real.Type),
        WholeValues whole => new WholeValues(whole.Type, whole.Values.ToArray(), whole.Scale),
        _ => throw new InvalidOperationException(lent.GetType().Name),
    };

    /// <summary>The same, read by the reader of records alone: the oracle.</summary>
    public Task<string> RecordByRecord(byte[] bytes) => Told(async told =>
    {
        var (parser, quarantine, types) = Start(told);
        var groups = new List<Table>();
        using var text = Lenient(bytes);
        var record = new RecordReader(text, Format.Delimiter[0], Format.Quote?[0], written: Written.WebName);
        while (await record.Read(Cancellation))
            if (record.IsRowOf(Columns.Count))
                Add(record, BytesOf(record), parser, quarantine, types, groups);
        await End(told, parser, quarantine, types, groups);
    });

    Encoding Written => SourceText.Strict(Format.Encoding ?? DetectedEncoding.Utf8);

    /// <summary>With what is no text in it, told by decoding byte by byte.</summary>
    StringReader Lenient(byte[] bytes)
    {
        var text = new StringBuilder();
        var met = new List<byte>();
        var fallback = new UndecodableFallback(value =>
        {
            met.Add(value);
            return "?";
        }, 1);
        var decoder = fallback.In(Written).GetDecoder();
        for (var i = 0; i <= bytes.Length; i++)
        {
            var chars = new char[100];
            met.Clear();
            var count = decoder.GetChars(bytes.AsSpan(i, i < bytes.Length ? 1 : 0), chars, i == bytes.Length);
            // What is no text comes before what begins with the byte that showed it.
            for (var at = 0; at < met.Count; at++)
                chars[at] = Undecodable.CharOf(met[at]);
            if (count == 1 && i < bytes.Length && CodePages.IsNone(Written, chars[0]))
                chars[0] = Undecodable.CharOf(bytes[i]);
            text.Append(chars, 0, count);
        }
        return new StringReader(text.ToString());
    }

    /// <summary>Of text that is brought to UTF-8 first, the bytes that it has then.</summary>
    int BytesOf(RecordReader record) =>
        Written.IsSingleByte ? record.Raw.Length : Encoding.UTF8.GetByteCount(record.Raw);

    IReadOnlyList<string> Names => [.. Columns.Select(column => column.Name)];

    string[] Missing => MissingWords.Of(Format);

    (RowParser, Quarantine, CandidateTypes[]) Start(StringBuilder told)
    {
        var path = Path.GetTempFileName();
        told.Append(path).Append('\n');
        return (new RowParser(Names, Columns, Format, RowGroupBytes), new Quarantine(path),
            [.. Columns.Select(_ => CandidateTypes.Of(Format))]);
    }

    void Add(
        RecordReader record, int bytes, RowParser parser, Quarantine quarantine, CandidateTypes[] types,
        List<Table> groups)
    {
        if (record.Fault is null && record.CellCount == Columns.Count)
            for (var i = 0; i < types.Length; i++)
                if (types[i].MayNarrow && record[i].Trim() is var cell && !RowParser.IsMissing(cell, Missing))
                    types[i].See(cell);
        if (parser.Add(record, bytes) is var (column, reason))
            quarantine.Add(record, column, reason);
        if (parser.IsFull)
            groups.Add(parser.Take());
    }

    void See(CellBlock block, CandidateTypes[] types)
    {
        var words = new MissingCells(block.Format, Missing);
        for (var i = 0; i < types.Length; i++)
            types[i].See(new BlockColumn(block, i, words, Missing), block.Rows);
    }

    static async Task<string> Told(Func<StringBuilder, Task> read)
    {
        var told = new StringBuilder();
        try
        {
            await read(told);
        }
        catch (Exception fault) when (fault is SourceFaultException or DecoderFallbackException)
        {
            told.Append(fault.GetType().Name);
        }
        var path = told.ToString().Split('\n')[0];
        if (path.Length == 0 || !File.Exists(path))
            return told.ToString();
        var quarantined = await File.ReadAllTextAsync(path, Cancellation);
        File.Delete(path);
        return told.Remove(0, path.Length).Append(quarantined).ToString();
    }

    static async Task End(
        StringBuilder told, RowParser parser, Quarantine quarantine, CandidateTypes[] types,
        List<Table> groups)
    {
        await quarantine.DisposeAsync();
        groups.Add(parser.Take());
        foreach (var table in groups)
            for (var row = 0; row < table.RowCount; row++)
                told.AppendJoin('|', table.Schema.Columns.Select((_, i) => table[i].Text(row) ?? "-"))
                    .Append('\n');
        told.Append(await ParquetOf(groups)).Append('\n');
        told.AppendJoin(' ', quarantine.Samples).Append('\n');
        foreach (var type in types)
            told.Append(type.HasValues).AppendJoin(',', type.Left).Append(' ');
        told.Append('\n');
    }

    /// <summary>The digest of what becomes the part's artifact.</summary>
    static async Task<Digest> ParquetOf(List<Table> groups)
    {
        var bytes = new MemoryStream();
        await using (var writer = await TableFileWriter.Open(bytes, groups[0].Schema, Cancellation))
            foreach (var table in groups.Where(table => table.RowCount > 0))
                await writer.Append(table, Cancellation);
        return Digest.Of(bytes.ToArray());
    }
}
