using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>A statement over raw files. Their names are those that it knows them by.</summary>
/// <param name="Columns">Null where the statement says the types.</param>
sealed record QueryInput(
    IReadOnlyList<SourceFile> Sources,
    string Sql,
    TextFormat Format,
    IReadOnlyList<ColumnDeclaration>? Columns,
    DerivedColumnsIdentity? Derive);

/// <param name="Columns">As declared, or of the types that the statement gives.</param>
sealed record QueryOutput(IReadOnlyList<ColumnDeclaration> Columns, ParsedSource Result);
